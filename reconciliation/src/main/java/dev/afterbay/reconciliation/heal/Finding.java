package dev.afterbay.reconciliation.heal;

import java.time.Instant;
import java.util.Optional;

/** What comes of looking at one key between two of its records. */
sealed interface Finding {
  /**
   * It needs a row.
   *
   * @param gap in which
   * @param time of the row
   * @param known what the lake tells without it; empty if nothing
   * @param truth what it was at the gap's end
   */
  record Changed(GapSite gap, Instant time, Optional<Traces.State> known, Traces.State truth)
      implements Finding {}

  /** Whether it needs a row cannot be told. */
  record Uncertain(GapSite gap) implements Finding {}

  /** Only older rows can tell which of several gaps it was in. */
  record Unplaced() implements Finding {}
}
