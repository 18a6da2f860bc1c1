package dev.afterbay.local.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that a scenario needs; all key attributes are strings, and its stream holds both images.
 *
 * @param timeToLive the attribute that holds when an item expires, if any
 */
record TableSpec(String name, Key key, List<Index> indexes, @Nullable String timeToLive) {
  TableSpec {
    indexes = List.copyOf(indexes);
  }

  /** The names of a partition key and of its sort key. */
  record Key(String hash, String range) {}

  /** A global secondary index over all attributes. */
  record Index(String name, Key key) {}
}
