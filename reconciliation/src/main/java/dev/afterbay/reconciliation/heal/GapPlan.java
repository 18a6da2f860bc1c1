package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.commit.RecordedGap;
import java.util.List;

/**
 * How gaps that overlap would be healed together.
 *
 * @param gaps of one time
 * @param windows of the exports, one after the other
 */
public record GapPlan(List<RecordedGap> gaps, List<Window.Incremental> windows) {
  /** Copies the lists. */
  public GapPlan {
    gaps = List.copyOf(gaps);
    windows = List.copyOf(windows);
  }
}
