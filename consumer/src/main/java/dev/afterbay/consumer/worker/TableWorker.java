package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.tracing.CommitSpans;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.coordinator.Scheduler;

/** One table's KCL scheduler in this process. */
final class TableWorker {
  private static final Logger LOG = LoggerFactory.getLogger(TableWorker.class);

  private final TableName table;
  private final LeaseTable leaseTable;
  private final KclConfiguration kcl;
  private final ShardReadings readings;
  private final Settling settling;
  private final Halt halt;
  private final CommitSpans spans;
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Scheduler scheduler;
  private volatile boolean stopping;

  TableWorker(
      TableName table,
      LeaseTable leaseTable,
      KclConfiguration kcl,
      ShardReadings readings,
      Settling settling,
      Halt halt,
      CommitSpans spans) {
    this.table = table;
    this.leaseTable = leaseTable;
    this.kcl = kcl;
    this.readings = readings;
    this.settling = settling;
    this.halt = halt;
    this.spans = spans;
  }

  /** Prepares the leases and starts to read; returns once the scheduler runs in its own thread. */
  synchronized void start() {
    if (stopping) {
      return;
    }
    leaseTable.prepare();
    settling.beforeReading();
    Scheduler started =
        kcl.scheduler(
            () -> new ShardProcessor(readings::open, readings::noteIfReadThrough, halt, spans));
    scheduler = started;
    Thread thread = new Thread(() -> drive(started), "afterbay-" + table);
    thread.setDaemon(true);
    thread.start();
  }

  TableName table() {
    return table;
  }

  /** Whether the scheduler runs. */
  boolean alive() {
    return over.getCount() > 0;
  }

  /**
   * Lets every shard commit what it holds, ends the scheduler and frees the leases.
   *
   * @return whether that was done in time
   */
  synchronized boolean stop(Duration patience) {
    stopping = true;
    Scheduler running = scheduler;
    if (running == null || !alive()) {
      return true;
    }
    CompletableFuture<Boolean> graceful = running.startGracefulShutdown();
    try {
      boolean done = graceful.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (done) {
        sayFarewell(running);
      }
      return done;
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn()
          .addKeyValue("event", "stopped-late")
          .addKeyValue("table", table)
          .log("The reading did not stop in time; what it held is read again later");
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Saves others a wait, and is not worth a long one itself. */
  private void sayFarewell(Scheduler ended) throws InterruptedException {
    Thread thread = new Thread(() -> new Farewell(leaseTable).say(ended), "afterbay-farewell");
    thread.setDaemon(true);
    thread.start();
    thread.join(Timings.FAREWELL.toMillis());
  }

  private void drive(Scheduler started) {
    try {
      started.run();
    } finally {
      over.countDown();
    }
    if (!stopping) {
      halt.because(
          "The reading of table " + table + " ended by itself; the log above says why",
          new IllegalStateException("the scheduler of " + table + " ended"));
    }
  }
}
