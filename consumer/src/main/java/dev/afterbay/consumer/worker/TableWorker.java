package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.tracing.CommitSpans;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
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
  private final Turns turns;
  private final PageRoom room;
  private final OpenShards openShards;
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
      CommitSpans spans,
      Turns turns,
      PageRoom room,
      OpenShards openShards) {
    this.table = table;
    this.leaseTable = leaseTable;
    this.kcl = kcl;
    this.readings = readings;
    this.settling = settling;
    this.halt = halt;
    this.spans = spans;
    this.turns = turns;
    this.room = room;
    this.openShards = openShards;
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
            () ->
                new ShardProcessor(
                    readings::open,
                    readings::noteIfReadThrough,
                    halt,
                    spans,
                    openShards,
                    turns,
                    room));
    scheduler = started;
    inBackground("reading", () -> drive(started));
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
    FutureTask<Boolean> graceful = new FutureTask<>(running.createGracefulShutdownCallable());
    // Of its own: KCL would take one of the common pool's, which may all wait for other tables.
    inBackground("stop", graceful);
    try {
      boolean done = OrderlyStop.await(graceful, openShards::none, patience, Timings.REST_OF_STOP);
      if (done) {
        sayFarewell(running);
      } else {
        LOG.atWarn()
            .addKeyValue("event", "stopped-late")
            .addKeyValue("table", table)
            .log("The reading did not stop in time; what it held is read again later");
      }
      return done;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Saves others a wait, and is not worth a long one itself. */
  private void sayFarewell(Scheduler running) throws InterruptedException {
    Thread thread =
        inBackground(
            "farewell",
            () -> {
              if (alive()) {
                running.shutdown();
              }
              new Farewell(leaseTable).say(running);
            });
    thread.join(Timings.FAREWELL.toMillis());
  }

  private Thread inBackground(String what, Runnable action) {
    Thread thread = new Thread(action, "afterbay-" + what + "-" + table);
    thread.setDaemon(true);
    thread.start();
    return thread;
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
