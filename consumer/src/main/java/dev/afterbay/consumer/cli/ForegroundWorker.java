package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.auditing.AuditTask;
import dev.afterbay.consumer.aws.AwsCalls;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.healing.HealingTask;
import dev.afterbay.consumer.health.Health;
import dev.afterbay.consumer.health.Metrics;
import dev.afterbay.consumer.health.Vitals;
import dev.afterbay.consumer.leader.LeaderWatch;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.tracing.Tracing;
import dev.afterbay.consumer.watch.Watchdog;
import dev.afterbay.consumer.worker.WorkerService;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker in this process's foreground: it works until SIGTERM (then it commits what it holds, and
 * the process exits 0) or until it cannot go on (exit 1, for a supervisor to start it again).
 */
final class ForegroundWorker implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(ForegroundWorker.class);

  /** One for each shard that a process is made for, and some for those whose calls hang. */
  private static final String STREAM_CALLS = "64";

  @Override
  public int run(
      AfterbayConfig config, List<TableFacts> tables, String workerId, Termination termination)
      throws IOException {
    // The streams adapter calls DynamoDB on the common pool, whose size would be that of the cores.
    System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", STREAM_CALLS);
    InstantSource clock = InstantSource.system();
    Vitals vitals = Vitals.startingNow(clock);
    Health health = Health.of(vitals, config.liveness().patience());
    AwsCalls calls = new AwsCalls();
    Metrics metrics = new Metrics(vitals, health, calls);
    try (Told told = Told.of(config, workerId, vitals, health, metrics, clock, System.out);
        Tracing tracing = Tracing.start(config.tracing(), workerId);
        Scratch scratch = Scratch.create();
        WorkerService worker =
            new WorkerService(
                config,
                tables,
                workerId,
                scratch.folder(),
                clock,
                new WorkerService.Observers(vitals, vitals, calls, tracing.commits()));
        LeaderWatch healing =
            LeaderWatch.of(
                config,
                tables,
                workerId,
                clock,
                aws -> new HealingTask(config, aws, scratch.folder(), clock, vitals));
        LeaderWatch audits =
            LeaderWatch.of(
                config,
                tables,
                workerId,
                clock,
                aws -> new AuditTask(config, aws, scratch.folder(), clock, vitals));
        Watchdog watchdog =
            Watchdog.over(config, workerId, health, clock, vitals, worker::giveUp)) {
      tables.forEach(facts -> vitals.watch(facts.table(), () -> worker.alive(facts.table())));
      CompletableFuture<Void> halted =
          worker
              .halted()
              .thenAccept(
                  reason -> {
                    termination.mustEnd();
                    vitals.failed(reason);
                  });
      termination.workBegins();
      watchdog.start();
      worker.start();
      told.start();
      healing.start();
      audits.start();
      LOG.atInfo()
          .addKeyValue("event", "started")
          .log("Worker {} reads {} tables into {}", workerId, tables.size(), config.lake());
      CompletableFuture.anyOf(termination.requested(), halted).join();
      vitals.stopping();
      watchdog.stop();
      healing.stop();
      audits.stop();
      boolean asked = !halted.isDone();
      boolean inOrder = asked && worker.stop() && !worker.halted().isDone();
      int code = inOrder ? ExitCode.OK : ExitCode.FAILED;
      LOG.atInfo().addKeyValue("event", "stopped").log("Worker {} stopped", workerId);
      return code;
    }
  }
}
