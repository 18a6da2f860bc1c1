package dev.afterbay.consumer.status;

import java.util.List;

/**
 * What the lake and the lease tables said at a moment about all workers' shards.
 *
 * @param report of the shards that are leased, and of some generations before them
 * @param schemas the newest of each typed table
 */
public record LakeView(StatusReport report, List<SchemaVersion> schemas) {
  /** Copies the schemas. */
  public LakeView {
    schemas = List.copyOf(schemas);
  }
}
