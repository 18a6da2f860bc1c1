package dev.afterbay.reconciliation.restore;

import dev.afterbay.sinks.tocatalog.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Lets no more be written in a second than was allowed; for one thread. */
final class WriteRate {
  /** So much may be caught up after a moment in which less was written. */
  private static final Duration SLACK = Duration.ofMillis(200);

  private static final int UNIT_BYTES = 1024;

  private final double perSecond;
  private final InstantSource clock;
  private final Pause pause;
  private Instant free = Instant.MIN;

  /**
   * A rate.
   *
   * @param perSecond write units in a second, at least 1
   */
  WriteRate(int perSecond, InstantSource clock, Pause pause) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.pause = pause;
  }

  /** The write units that an item takes: one for each kilobyte that is begun. */
  static int units(int bytes) {
    return Math.max(1, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
  }

  /** Waits until so many units may be written. */
  void take(int units) throws InterruptedException {
    Instant now = clock.instant();
    Instant earliest = now.minus(SLACK);
    if (free.isBefore(earliest)) {
      free = earliest;
    }
    if (free.isAfter(now)) {
      pause.rest(Duration.between(now, free));
    }
    free = free.plusNanos(Math.round(units * 1e9 / perSecond));
  }
}
