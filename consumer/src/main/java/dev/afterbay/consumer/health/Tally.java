package dev.afterbay.consumer.health;

import static dev.afterbay.sinks.segment.Tally.UNROUTED;

import dev.afterbay.consumer.pipeline.VisibleSegment;
import dev.afterbay.sinks.segment.Tallies;
import java.util.Map;

/**
 * What was counted since the process started, or since it opened a shard.
 *
 * @param read records read that were not yet in the lake
 * @param duplicates records read that were already there, and dropped
 * @param records in the segments that became visible
 * @param commits segments that became visible
 * @param files in these segments
 * @param bytes of these files
 * @param quarantined records that were set aside raw
 * @param gaps that were recorded
 * @param extras attributes of typed rows that their columns do not hold
 * @param unrouted records that belong to no typed table, though the table has some
 * @param rows in these files
 */
record Tally(
    long read,
    long duplicates,
    long records,
    long commits,
    long files,
    long bytes,
    long quarantined,
    long gaps,
    long extras,
    long unrouted,
    long rows) {
  static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  Tally polled(int newRecords, int dropped) {
    return new Tally(
        read + newRecords,
        duplicates + dropped,
        records,
        commits,
        files,
        bytes,
        quarantined,
        gaps,
        extras,
        unrouted,
        rows);
  }

  Tally committed(VisibleSegment segment) {
    return new Tally(
        read,
        duplicates,
        records + segment.records(),
        commits + 1,
        files + segment.files(),
        bytes + segment.bytes(),
        quarantined,
        gaps,
        extras,
        unrouted,
        rows + segment.rows());
  }

  Tally setAside(int refused) {
    return new Tally(
        read,
        duplicates,
        records,
        commits,
        files,
        bytes,
        quarantined + refused,
        gaps,
        extras,
        unrouted,
        rows);
  }

  Tally gap() {
    return new Tally(
        read,
        duplicates,
        records,
        commits,
        files,
        bytes,
        quarantined,
        gaps + 1,
        extras,
        unrouted,
        rows);
  }

  Tally counted(Tallies tallies) {
    long all = tallies.counts().values().stream().mapToLong(Long::longValue).sum();
    long without =
        tallies.counts().entrySet().stream()
            .filter(count -> count.getKey().reason().equals(UNROUTED))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new Tally(
        read,
        duplicates,
        records,
        commits,
        files,
        bytes,
        quarantined,
        gaps,
        extras + all - without,
        unrouted + without,
        rows);
  }
}
