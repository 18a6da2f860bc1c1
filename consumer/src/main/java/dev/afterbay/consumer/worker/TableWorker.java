package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.pipeline.TablePipelines;
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
  private final TablePipelines pipelines;
  private final Halt halt;
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Scheduler scheduler;
  private volatile boolean stopping;

  TableWorker(
      TableName table,
      LeaseTable leaseTable,
      KclConfiguration kcl,
      TablePipelines pipelines,
      Halt halt) {
    this.table = table;
    this.leaseTable = leaseTable;
    this.kcl = kcl;
    this.pipelines = pipelines;
    this.halt = halt;
  }

  /** Prepares the leases and starts to read; returns once the scheduler runs in its own thread. */
  synchronized void start() {
    if (stopping) {
      return;
    }
    leaseTable.prepare();
    kcl.syncLeases();
    Scheduler started = kcl.scheduler(() -> new ShardProcessor(pipelines::open, halt));
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
   * Lets every shard commit what it holds, then ends the scheduler.
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
      return graceful.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Table {} did not stop in time; what it held is read again later", table);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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
