package dev.afterbay.sinks.snapshots;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.util.Set;

/**
 * A snapshot of which everything is visible.
 *
 * @param table the source table
 * @param exportedAt the moment that it shows, to the second
 * @param export the ARN of the export that it was made of
 * @param items how many
 * @param entities the typed tables that have their part of it
 */
public record CompleteSnapshot(
    TableName table, Instant exportedAt, String export, long items, Set<String> entities) {
  /** Copies the entities. */
  public CompleteSnapshot {
    entities = Set.copyOf(entities);
  }

  /** The value of the partition column {@code snapshot} of its rows. */
  public String name() {
    return Lake.moment(exportedAt);
  }
}
