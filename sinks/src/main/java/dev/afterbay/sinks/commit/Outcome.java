package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.transforms.ordering.ShardCursor;

/** What came of a commit. */
public sealed interface Outcome {
  /**
   * The segment is in the lake, visible, for good.
   *
   * @param entry of the log that says so
   */
  record Committed(Entry entry) implements Outcome {
    /** Where to go on. */
    public ShardCursor cursor() {
      return entry.cursor();
    }
  }

  /**
   * Another writer committed these records, fewer or more. Its files are visible; of the segment
   * nothing is in the lake.
   *
   * @param last entry of the log now
   */
  record Superseded(Entry last) implements Outcome {
    /** Where to go on: records at or before it are in the lake. */
    public ShardCursor cursor() {
      return last.cursor();
    }
  }

  /**
   * It is not known what came of it, or it must not go on. The log takes no more commits: open it
   * anew to learn what is in the lake.
   *
   * @param halt why, in general
   * @param reason why, for people
   */
  record Halted(Halt halt, String reason) implements Outcome {}
}
