package dev.afterbay.consumer.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The vitals at one instant.
 *
 * @param now that instant
 * @param startedAt when the process started
 * @param stopping whether it was told to stop
 * @param failure why it cannot go on, if so
 * @param catalogUpToDate whether the catalog has what the lake has; empty without catalog
 * @param tables those that it works on, in the order of their names
 */
record VitalsSnapshot(
    Instant now,
    Instant startedAt,
    boolean stopping,
    Optional<String> failure,
    Optional<Boolean> catalogUpToDate,
    List<TableVitals> tables) {
  VitalsSnapshot {
    tables = List.copyOf(tables);
  }

  Duration age() {
    return Elapsed.between(startedAt, now);
  }
}
