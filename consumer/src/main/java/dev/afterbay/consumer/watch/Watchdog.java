package dev.afterbay.consumer.watch;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.health.Health;
import dev.afterbay.consumer.health.HealthReport;
import dev.afterbay.consumer.status.LeaseObserver;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.consumer.status.LeaseTable;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the process end when it, or what it shares with the other workers, has stood still for longer
 * than the patience: its supervisor's restart is the cure for whatever hangs.
 *
 * <p>It runs in a thread of its own with connections of its own, so that nothing that hangs can
 * silence it.
 */
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration SELDOM = Duration.ofSeconds(10);
  private static final int LOOKS_OF_A_PATIENCE = 6;

  /** After how many intervals without a look the whole process must have been asleep. */
  private static final int ASLEEP = 3;

  private final Health health;
  private final Function<String, Optional<LeaseRows>> tables;
  private final Duration interval;
  private final InstantSource clock;
  private final Consumer<String> alarm;
  private final Runnable release;
  private final CountDownLatch closed = new CountDownLatch(1);

  private List<LeaseWatch> watches;
  private Instant looked;

  /**
   * A watchdog that has not looked yet.
   *
   * @param tables reads a lease table; empty if there is none of that name
   * @param watched a fresh watch of each lease table
   * @param alarm is told, once, why the process must end
   * @param release of what the reading of the tables holds
   */
  Watchdog(
      Health health,
      Function<String, Optional<LeaseRows>> tables,
      List<LeaseWatch> watched,
      Duration interval,
      InstantSource clock,
      Consumer<String> alarm,
      Runnable release) {
    this.health = health;
    this.tables = tables;
    this.watches = List.copyOf(watched);
    this.interval = interval;
    this.clock = clock;
    this.alarm = alarm;
    this.release = release;
    this.looked = clock.instant();
  }

  /**
   * A watchdog over a worker of this process.
   *
   * @param observer is told what the lease tables say
   * @param alarm is told, once, why the process must end
   */
  public static Watchdog over(
      AfterbayConfig config,
      String workerId,
      Health health,
      InstantSource clock,
      LeaseObserver observer,
      Consumer<String> alarm) {
    Duration patience = config.liveness().patience();
    Duration often = patience.dividedBy(LOOKS_OF_A_PATIENCE);
    Instant now = clock.instant();
    AwsClients aws = AwsClients.open(config, Patience.ANSWER);
    return new Watchdog(
        health,
        observed(config, new LeaseTable(aws.dynamoDb()), observer),
        config.tables().stream()
            .map(table -> config.applicationOf(table.name()))
            .map(table -> LeaseWatch.begin(table, workerId, patience, now))
            .toList(),
        often.compareTo(SELDOM) < 0 ? often : SELDOM,
        clock,
        alarm,
        aws::close);
  }

  private static Function<String, Optional<LeaseRows>> observed(
      AfterbayConfig config, LeaseTable leases, LeaseObserver observer) {
    Map<String, TableName> sources =
        config.tables().stream()
            .map(TableConfig::name)
            .collect(Collectors.toMap(config::applicationOf, table -> table));
    return application -> {
      Optional<LeaseRows> rows = leases.read(application);
      TableName source = sources.get(application);
      if (source != null) {
        rows.ifPresent(read -> observer.seen(source, read));
      }
      return rows;
    };
  }

  /** Starts to watch. */
  public void start() {
    Thread thread = new Thread(this::watch, "afterbay-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the watching; a look that is under way comes to nothing. */
  public void stop() {
    closed.countDown();
  }

  /** Stops, and lets go of its connections. */
  @Override
  public void close() {
    stop();
    release.run();
  }

  private void watch() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        Optional<String> trouble = look();
        if (trouble.isPresent() && closed.getCount() > 0) {
          alarm.accept(trouble.get());
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The watchdog failed", e);
      alarm.accept("The watchdog cannot go on; the log above says why.");
    }
  }

  /** Looks once at everything; what has stood still for too long. */
  Optional<String> look() {
    Instant now = clock.instant();
    boolean asleep = Duration.between(looked, now).compareTo(interval.multipliedBy(ASLEEP)) > 0;
    if (asleep) {
      // Everything seems to have stood still since; that says nothing but that we slept.
      LOG.warn("This process was stopped for {} s", Duration.between(looked, now).toSeconds());
      watches =
          watches.stream()
              .map(old -> LeaseWatch.begin(old.table(), old.worker(), old.patience(), now))
              .toList();
    }
    List<LeaseWatch> after = new ArrayList<>();
    for (LeaseWatch watch : watches) {
      Sighting sighting = sight(watch.table());
      after.add(watch.after(clock.instant(), sighting));
    }
    watches = after;
    looked = clock.instant();
    Optional<String> trouble =
        watches.stream().flatMap(watch -> watch.trouble().stream()).findFirst();
    return asleep ? trouble : ownTrouble().or(() -> trouble);
  }

  private Optional<String> ownTrouble() {
    HealthReport report = health.check();
    return report.status() == HealthReport.Status.UNHEALTHY
        ? Optional.of(String.join(" ", report.reasons()))
        : Optional.empty();
  }

  private Sighting sight(String table) {
    try {
      return tables.apply(table).<Sighting>map(Sighting.Seen::new).orElseGet(Sighting.NoTable::new);
    } catch (RuntimeException e) {
      return new Sighting.NoAnswer(Sentences.of(e));
    }
  }
}
