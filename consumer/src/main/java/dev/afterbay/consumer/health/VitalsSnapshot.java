package dev.afterbay.consumer.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The vitals at one instant.
 *
 * @param now that instant
 * @param startedAt when the process started
 * @param stopping whether it was told to stop
 * @param tables those that it works on, in the order of their names
 */
record VitalsSnapshot(Instant now, Instant startedAt, boolean stopping, List<TableVitals> tables) {
  VitalsSnapshot {
    tables = List.copyOf(tables);
  }

  Duration age() {
    return Elapsed.between(startedAt, now);
  }
}
