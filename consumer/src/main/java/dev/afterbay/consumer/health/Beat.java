package dev.afterbay.consumer.health;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has something done again and again, in a thread of its own, until it is closed. */
public final class Beat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Beat.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "afterbay-metrics");
            daemon.setDaemon(true);
            return daemon;
          });

  /** Does something at once, and then after each interval; what it throws is only logged. */
  public void every(Duration interval, Runnable action) {
    ScheduledFuture<?> unused =
        thread.scheduleAtFixedRate(
            () -> attempt(action), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does something once, after what is under way, and waits for it a little. */
  public void last(Runnable action) {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.debug("The figures of the end do not wait for those that are being told");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    attempt(action);
  }

  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("The process's figures could not be told; it is tried again", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
