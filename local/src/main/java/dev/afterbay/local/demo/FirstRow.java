package dev.afterbay.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Watches from the first write on until a row is visible in the lake. */
final class FirstRow implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Thread thread;
  private volatile @Nullable Duration seenAfter;
  private volatile boolean closed;

  private FirstRow(BooleanSupplier visible, InstantSource clock) {
    Instant start = clock.instant();
    thread =
        new Thread(
            () -> {
              while (!closed && seenAfter == null) {
                if (visible.getAsBoolean()) {
                  seenAfter = Duration.between(start, clock.instant());
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
              }
            },
            "first-row");
    thread.setDaemon(true);
  }

  static FirstRow watch(BooleanSupplier visible, InstantSource clock) {
    FirstRow watch = new FirstRow(visible, clock);
    watch.thread.start();
    return watch;
  }

  /** How long it took, empty while there is none. */
  Optional<Duration> seenAfter() {
    return Optional.ofNullable(seenAfter);
  }

  @Override
  public void close() {
    closed = true;
  }
}
