package dev.afterbay.consumer.cost;

/**
 * What the source tables do, all together.
 *
 * @param tables how many
 * @param shards that are open at once
 * @param writesPerSecond changes, on average over a month
 * @param itemBytes of an item, on average
 * @param storedItems in the tables
 */
public record Workload(
    int tables, double shards, double writesPerSecond, double itemBytes, double storedItems) {
  /** Checks that nothing is negative. */
  public Workload {
    if (tables < 1 || !(shards >= 1)) {
      throw new IllegalArgumentException("There is at least one table, and one open shard");
    }
    if (!(writesPerSecond >= 0) || !(itemBytes >= 0) || !(storedItems >= 0)) {
      throw new IllegalArgumentException("Rates and sizes are not negative");
    }
  }

  /** Of all items. */
  double storedGigabytes() {
    return storedItems * itemBytes / 1e9;
  }
}
