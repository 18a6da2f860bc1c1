package dev.afterbay.reconciliation.restore;

import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What became of a restore.
 *
 * @param table the source table
 * @param target the table that was restored into
 * @param at the moment whose state it should hold
 * @param without attributes that were left out
 * @param items that the state has
 * @param written by this run; fewer than all if an earlier one had begun
 * @param difference between the table and the state, at the end
 * @param took from the command to the verdict
 */
public record RestoreSummary(
    TableName table,
    String target,
    Instant at,
    Set<String> without,
    long items,
    long written,
    Difference difference,
    Duration took) {
  /** Copies the set. */
  public RestoreSummary {
    without = Set.copyOf(without);
  }

  /**
   * How a table differs from a state.
   *
   * @param missing items that it lacks
   * @param different items that it holds with another content
   * @param foreign items that the state does not have
   */
  public record Difference(long missing, long different, long foreign) {
    /** Whether the table holds the state and nothing else. */
    public boolean none() {
      return missing == 0 && different == 0 && foreign == 0;
    }
  }
}
