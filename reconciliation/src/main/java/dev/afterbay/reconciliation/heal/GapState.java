package dev.afterbay.reconciliation.heal;

import dev.afterbay.sinks.commit.RecordedGap;
import java.util.List;

/** Whether a gap is healed. */
public sealed interface GapState {
  /** The gap. */
  RecordedGap gap();

  /**
   * Everything that exports tell of it is in the lake.
   *
   * @param exports their ARNs
   * @param rows how many items got a row
   * @param lost what is lost all the same, in a sentence
   */
  record Healed(RecordedGap gap, List<String> exports, long rows, String lost) implements GapState {
    /** Copies the list. */
    public Healed {
      exports = List.copyOf(exports);
    }
  }

  /**
   * It is not healed.
   *
   * @param prospect whether it will do to ask later
   * @param reason in a sentence
   */
  record Open(RecordedGap gap, Prospect prospect, String reason) implements GapState {}

  /** Whether time heals. */
  enum Prospect {
    /** Later it may be healed without anybody doing anything. */
    LATER,
    /** Something has to be put right before. */
    FOR_SOMEBODY
  }
}
