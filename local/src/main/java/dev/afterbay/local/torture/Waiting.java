package dev.afterbay.local.torture;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what other processes do. */
final class Waiting {
  private static final Duration LOOK = Duration.ofMillis(50);

  private Waiting() {}

  /** Looks again and again; whether it came true in time. */
  static boolean until(BooleanSupplier condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      pause(LOOK);
    }
    return true;
  }

  /** Lets so much time pass. */
  static void pause(Duration length) {
    LockSupport.parkNanos(length.toNanos());
    if (Thread.currentThread().isInterrupted()) {
      throw new TortureException("The torture was interrupted.");
    }
  }
}
