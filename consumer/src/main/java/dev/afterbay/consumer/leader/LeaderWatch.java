package dev.afterbay.consumer.leader;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.consumer.status.LeaseTable;
import dev.afterbay.transforms.change.TableName;
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
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a task look at the tables, one after the other, and work if this process leads the workers.
 * Whatever fails is told once, and tried again with growing pauses.
 */
public final class LeaderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderWatch.class);
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final List<TableFacts> tables;
  private final LeaderTask task;
  private final Predicate<TableName> leads;
  private final InstantSource clock;
  private final Runnable end;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<TableName, Duration> pauses = new HashMap<>();
  private final Map<TableName, Instant> next = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  LeaderWatch(
      List<TableFacts> tables,
      LeaderTask task,
      Predicate<TableName> leads,
      InstantSource clock,
      Runnable end) {
    this.tables = List.copyOf(tables);
    this.task = task;
    this.leads = leads;
    this.clock = clock;
    this.end = end;
    this.thread = new Thread(this::watch, "afterbay-" + task.name());
    thread.setDaemon(true);
  }

  /**
   * A watch that has not looked yet.
   *
   * @param task made with connections that nobody else uses
   */
  public static LeaderWatch of(
      AfterbayConfig config,
      List<TableFacts> tables,
      String workerId,
      InstantSource clock,
      Function<AwsClients, LeaderTask> task) {
    AwsClients aws = AwsClients.open(config, Patience.WORK);
    LeaseTable leases = new LeaseTable(aws.dynamoDb());
    return new LeaderWatch(
        tables,
        task.apply(aws),
        table ->
            leases
                .read(config.applicationOf(table))
                .flatMap(LeaseRows::leader)
                .filter(leader -> leader.owner().equals(workerId))
                .isPresent(),
        clock,
        aws::close);
  }

  /** Starts to look. */
  public void start() {
    thread.start();
  }

  /** Ends the looking soon; work that is under way goes on when the next process looks. */
  public void stop() {
    closed.countDown();
    thread.interrupt();
  }

  @Override
  public void close() {
    stop();
    try {
      // It may have files open in the folder that is deleted next.
      thread.join(PATIENCE_AT_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.run();
  }

  private void watch() {
    try {
      while (!closed.await(task.interval().toMillis(), TimeUnit.MILLISECONDS)) {
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
      if (!task.look(facts)
          || clock.instant().isBefore(next.getOrDefault(table, Instant.MIN))
          || !leads.test(table)) {
        return;
      }
      switch (task.work(facts, sentence -> tell(table, sentence))) {
        case DONE -> {
          pauses.remove(table);
          next.remove(table);
        }
        case LATER -> later(table);
      }
      boolean unused = task.look(facts);
    } catch (RuntimeException e) {
      if (closed.getCount() > 0) {
        tell(table, "No " + task.name() + " now: " + Sentences.of(e));
        LOG.debug("The {} failed", task.name(), e);
        later(table);
      }
    }
  }

  private void later(TableName table) {
    Duration pause = pauses.getOrDefault(table, task.interval());
    next.put(table, clock.instant().plus(pause));
    Duration longer = pause.multipliedBy(2);
    pauses.put(table, longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
  }

  private void tell(TableName table, String sentence) {
    if (told.add(table + sentence)) {
      LOG.atWarn()
          .addKeyValue("event", task.name())
          .addKeyValue("table", table)
          .log("{}", sentence);
    }
  }
}
