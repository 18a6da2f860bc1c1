package dev.afterbay.consumer.catalog;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer with a thread of its own, which keeps no process alive. */
final class DaemonTimer implements Timer {
  private static final Logger LOG = LoggerFactory.getLogger(DaemonTimer.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "afterbay-catalog");
            daemon.setDaemon(true);
            return daemon;
          });

  @Override
  public void after(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> unused = thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The catalog is closed already", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
