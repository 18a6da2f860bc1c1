package dev.afterbay.local.stream;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Changes that are appended to a stream at a steady rate, until it is closed. */
public final class SteadyLoad implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(10);
  private static final Duration END = Duration.ofSeconds(5);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "stream-load");
            daemon.setDaemon(true);
            return daemon;
          });
  private final ScriptedStream stream;
  private final Supplier<Change> changes;
  private final double perTick;
  private double due;

  private SteadyLoad(ScriptedStream stream, Supplier<Change> changes, int perSecond) {
    this.stream = stream;
    this.changes = changes;
    this.perTick = perSecond * (double) TICK.toNanos() / Duration.ofSeconds(1).toNanos();
  }

  /** Begins to append; while the stream is disabled, nothing is. */
  public static SteadyLoad start(ScriptedStream stream, Supplier<Change> changes, int perSecond) {
    SteadyLoad load = new SteadyLoad(stream, changes, perSecond);
    load.begin();
    return load;
  }

  private void begin() {
    var unused = thread.scheduleAtFixedRate(this::tick, 0, TICK.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void tick() {
    synchronized (stream) {
      if (stream.openShards().isEmpty()) {
        return;
      }
      for (due += perTick; due >= 1; due--) {
        stream.append(changes.get());
      }
    }
  }

  /** Ends the load; no change is appended after this returned. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("The load did not end within " + END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
