package dev.afterbay.consumer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.health.Health;
import dev.afterbay.consumer.health.Vitals;
import dev.afterbay.consumer.status.LeaderLock;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final TableName ORDERS = new TableName("Orders");
  private static final StreamShard SHARD =
      new StreamShard(
          ORDERS, new StreamLabel("2026-11-21T04:00:00.123"), new ShardId("shardId-0001"));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T05:00:00Z"));
  private final InstantSource clock = now::get;
  private final Vitals vitals = Vitals.startingNow(clock);
  private int version;

  @Test
  void aProcessThatWorksInAFleetThatWorksIsLeftAlone() {
    Watchdog watchdog = watching(table -> moving());
    vitals.opened(SHARD);

    for (int i = 0; i < 100; i++) {
      pass(INTERVAL);
      vitals.polled(SHARD, 0, 0);
      assertThat(watchdog.look()).isEmpty();
    }
  }

  @Test
  void aShardThatHangsInThisProcessEndsIt() {
    Watchdog watchdog = watching(table -> moving());
    vitals.opened(SHARD);

    Optional<String> trouble = lookFor(watchdog, PATIENCE);
    Optional<String> then = lookFor(watchdog, INTERVAL);

    assertThat(trouble).isEmpty();
    assertThat(then)
        .contains("Shard " + SHARD + " was never read since it was opened 5 min 10 s ago.");
  }

  @Test
  void aLeaseTableThatCannotBeReadEndsTheProcess() {
    Watchdog watchdog =
        watching(
            table -> {
              throw new IllegalStateException("cut off");
            });

    Optional<String> trouble = lookFor(watchdog, PATIENCE);
    Optional<String> then = lookFor(watchdog, INTERVAL);

    assertThat(trouble).isEmpty();
    assertThat(then).hasValueSatisfying(s -> assertThat(s).contains("shop-Orders", "310 s"));
  }

  @Test
  void aProcessThatWasStoppedAndGoesOnIsGivenItsTimeAgain() {
    Optional<LeaseRows> frozen = moving();
    Watchdog watchdog = watching(table -> frozen);
    vitals.opened(SHARD);
    vitals.polled(SHARD, 0, 0);
    assertThat(lookFor(watchdog, INTERVAL)).isEmpty();

    pass(Duration.ofHours(2));
    assertThat(watchdog.look()).isEmpty();
    vitals.polled(SHARD, 0, 0);
    assertThat(lookFor(watchdog, INTERVAL)).isEmpty();

    assertThat(lookFor(watchdog, PATIENCE)).isPresent();
  }

  private Optional<LeaseRows> moving() {
    version++;
    return Optional.of(
        new LeaseRows(List.of(), Optional.of(new LeaderLock("me", "version-" + version))));
  }

  private Watchdog watching(Function<String, Optional<LeaseRows>> tables) {
    vitals.watch(ORDERS, () -> true);
    return new Watchdog(
        Health.of(vitals, PATIENCE),
        tables,
        List.of(LeaseWatch.begin("shop-Orders", "me", PATIENCE, clock.instant())),
        INTERVAL,
        clock,
        reason -> {},
        () -> {});
  }

  /** Looks at each interval of a time; what the last look found. */
  private Optional<String> lookFor(Watchdog watchdog, Duration time) {
    Optional<String> trouble = Optional.empty();
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plus(INTERVAL)) {
      pass(INTERVAL);
      trouble = watchdog.look();
    }
    return trouble;
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }
}
