package dev.afterbay.consumer.healing;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.ReconciliationConfig;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.consumer.status.LeaseTable;
import dev.afterbay.reconciliation.export.ExportProgress;
import dev.afterbay.reconciliation.heal.GapState;
import dev.afterbay.reconciliation.heal.Healing;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for gaps that are not healed, and heals them if this process leads the workers. It has a
 * thread and connections of its own: whatever fails here is told once, and tried again with growing
 * pauses.
 */
public final class HealingWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealingWatch.class);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration LOOK_LOCAL = Duration.ofSeconds(2);
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final AfterbayConfig config;
  private final List<TableFacts> tables;
  private final String workerId;
  private final Path scratch;
  private final InstantSource clock;
  private final GapObserver observer;
  private final AwsClients aws;
  private final Duration interval;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<TableName, Duration> pauses = new HashMap<>();
  private final Map<TableName, Instant> next = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /**
   * A watch that has not looked yet.
   *
   * @param scratch a folder of this process
   */
  public HealingWatch(
      AfterbayConfig config,
      List<TableFacts> tables,
      String workerId,
      Path scratch,
      InstantSource clock,
      GapObserver observer) {
    this.config = config;
    this.tables = List.copyOf(tables);
    this.workerId = workerId;
    this.scratch = scratch;
    this.clock = clock;
    this.observer = observer;
    this.aws = AwsClients.open(config, Patience.WORK);
    this.interval = config.endpoints().local() ? LOOK_LOCAL : LOOK;
    this.thread = new Thread(this::watch, "afterbay-healing");
    thread.setDaemon(true);
  }

  /** Starts to look. */
  public void start() {
    thread.start();
  }

  /** Ends the looking; a healing that is under way goes on when the next process looks. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      // It may have files open in the folder that is deleted next.
      thread.join(PATIENCE_AT_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    aws.close();
  }

  private void watch() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        for (TableFacts facts : tables) {
          look(facts);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(TableFacts facts) throws InterruptedException {
    TableName table = facts.table();
    try {
      int open = openGaps(table);
      observer.open(table, open);
      if (open > 0
          && config.reconciliation().healing() == ReconciliationConfig.Healing.AUTO
          && !clock.instant().isBefore(next.getOrDefault(table, Instant.MIN))
          && leads(table)) {
        heal(facts);
        observer.open(table, openGaps(table));
      }
    } catch (RuntimeException e) {
      if (closed.getCount() > 0) {
        tell(table, "Gaps are not healed now: " + Sentences.of(e));
        LOG.debug("The healing failed", e);
        later(table);
      }
    }
  }

  private void heal(TableFacts facts) throws InterruptedException {
    TableName table = facts.table();
    boolean done = true;
    for (GapState state :
        TableHealing.of(config, facts, aws, scratch, clock).heal(ExportProgress.none())) {
      if (state instanceof GapState.Healed healed) {
        LOG.atInfo()
            .addKeyValue("table", table)
            .addKeyValue("shardId", healed.gap().shard().shard())
            .addKeyValue("rows", healed.rows())
            .log("Gap healed");
      } else if (state instanceof GapState.Open open) {
        done = false;
        if (open.prospect() == GapState.Prospect.FOR_SOMEBODY) {
          tell(table, "The gap of " + open.gap().shard() + " stays open: " + open.reason());
        } else {
          LOG.debug("The gap of {} stays open: {}", open.gap().shard(), open.reason());
        }
      }
    }
    if (done) {
      pauses.remove(table);
      next.remove(table);
    } else {
      later(table);
    }
  }

  private int openGaps(TableName table) {
    return Healing.openGaps(
            new S3ObjectStore(aws.s3(), config.lake().bucket()),
            new Lake(config.lake().prefix()),
            table)
        .size();
  }

  private boolean leads(TableName table) {
    return new LeaseTable(aws.dynamoDb())
        .read(config.applicationOf(table))
        .flatMap(LeaseRows::leader)
        .filter(leader -> leader.owner().equals(workerId))
        .isPresent();
  }

  private void later(TableName table) {
    Duration pause = pauses.getOrDefault(table, interval);
    next.put(table, clock.instant().plus(pause));
    Duration longer = pause.multipliedBy(2);
    pauses.put(table, longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
  }

  private void tell(TableName table, String reason) {
    if (told.add(table + reason)) {
      LOG.warn("{}: {}", table, reason);
    }
  }
}
