package dev.afterbay.consumer.health;

import dev.afterbay.consumer.health.HealthReport.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The judgement whether this process is to be left alone or to be replaced.
 *
 * <p>It is well when the worker of every table runs and no shard that it reads goes without an
 * answer of the stream, or unprocessed, for longer than the patience. A process that reads no shard
 * is well: others may read them all. During the grace period after its start the workers need not
 * run yet, since their tables take their time. Once it was told to stop it is not well any more, so
 * that nobody counts on it.
 */
public final class Health {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private final Vitals vitals;
  private final Duration grace;
  private final Duration patience;

  private Health(Vitals vitals, Duration grace, Duration patience) {
    this.vitals = vitals;
    this.grace = grace;
    this.patience = patience;
  }

  /**
   * The health of a process with two minutes of grace after the start.
   *
   * @param patience how long a shard may be silent
   */
  public static Health of(Vitals vitals, Duration patience) {
    return of(vitals, TWO_MINUTES, patience);
  }

  /**
   * The health of a process.
   *
   * @param grace the time after the start in which a worker need not run
   * @param patience how long a shard may be silent
   */
  public static Health of(Vitals vitals, Duration grace, Duration patience) {
    return new Health(vitals, grace, patience);
  }

  /** How it is now. */
  public HealthReport check() {
    VitalsSnapshot snapshot = vitals.snapshot();
    if (snapshot.failure().isPresent()) {
      return new HealthReport(Status.UNHEALTHY, List.of(snapshot.failure().get()));
    }
    if (snapshot.stopping()) {
      return new HealthReport(Status.STOPPING, List.of("The process was told to stop."));
    }
    List<String> silent = silentShards(snapshot);
    List<String> reasons = new ArrayList<>(deadWorkers());
    reasons.addAll(silent);
    if (reasons.isEmpty()) {
      return new HealthReport(Status.HEALTHY, reasons);
    }
    boolean young = snapshot.age().compareTo(grace) < 0;
    return new HealthReport(
        young && silent.isEmpty() ? Status.STARTING : Status.UNHEALTHY, reasons);
  }

  private List<String> deadWorkers() {
    if (vitals.workers().isEmpty()) {
      return List.of("No table's worker was started.");
    }
    return vitals.workers().entrySet().stream()
        .filter(worker -> !worker.getValue().getAsBoolean())
        .map(worker -> "The worker of table " + worker.getKey() + " does not run.")
        .toList();
  }

  private List<String> silentShards(VitalsSnapshot snapshot) {
    return snapshot.tables().stream()
        .flatMap(table -> table.shards().stream())
        .filter(shard -> shard.silence(snapshot.now()).compareTo(patience) > 0)
        .map(shard -> silent(shard, snapshot))
        .toList();
  }

  private static String silent(ShardVitals shard, VitalsSnapshot snapshot) {
    Instant now = snapshot.now();
    boolean unanswered = shard.unansweredFor(now).compareTo(shard.unprocessedFor(now)) > 0;
    return "Shard "
        + shard.shard()
        + (shard.processedAt().isEmpty() && shard.fetchedAt().isEmpty()
            ? " was never read since it was opened "
            : unanswered ? " was last read " : " was last processed ")
        + Elapsed.words(shard.silence(now))
        + " ago.";
  }
}
