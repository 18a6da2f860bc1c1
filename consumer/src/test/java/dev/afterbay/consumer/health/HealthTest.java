package dev.afterbay.consumer.health;

import static dev.afterbay.consumer.health.Shards.SHOP;
import static dev.afterbay.consumer.health.Shards.SHOP_1;
import static dev.afterbay.consumer.health.Shards.SHOP_2;
import static dev.afterbay.consumer.health.Shards.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.consumer.health.HealthReport.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
  private static final HealthReport HEALTHY = new HealthReport(Status.HEALTHY, List.of());

  private final TestClock clock = new TestClock();
  private final Vitals vitals = Vitals.startingNow(clock);
  private final Health health = Health.of(vitals, TWO_MINUTES);

  @Test
  void aProcessWithoutAWorkerIsGivenTimeAndThenNoMore() {
    HealthReport first = health.check();
    clock.advance(TWO_MINUTES.minusSeconds(1));
    HealthReport late = health.check();
    clock.advance(Duration.ofSeconds(1));
    HealthReport tooLate = health.check();

    List<String> reasons = List.of("No table's worker was started.");
    assertThat(first).isEqualTo(new HealthReport(Status.STARTING, reasons));
    assertThat(late).isEqualTo(first);
    assertThat(late.healthy()).isTrue();
    assertThat(tooLate).isEqualTo(new HealthReport(Status.UNHEALTHY, reasons));
    assertThat(tooLate.healthy()).isFalse();
  }

  @Test
  void aWorkerThatOwnsNoShardIsHealthyAsLongAsItRuns() {
    AtomicBoolean alive = new AtomicBoolean(true);
    vitals.watch(SHOP, alive::get);
    vitals.watch(TASKS, () -> true);
    clock.advance(Duration.ofDays(1));
    assertThat(health.check()).isEqualTo(HEALTHY);

    alive.set(false);
    assertThat(health.check())
        .isEqualTo(
            new HealthReport(
                Status.UNHEALTHY, List.of("The worker of table E-commerce-Data does not run.")));
  }

  @Test
  void aShardIsUnhealthyOnceItWasNotReadForLongerThanThePatience() {
    vitals.watch(SHOP, () -> true);
    clock.advance(Duration.ofHours(1));
    vitals.opened(SHOP_1);
    clock.advance(Duration.ofMinutes(1));
    vitals.polled(SHOP_1, 0, 0);
    clock.advance(TWO_MINUTES);
    assertThat(health.check()).isEqualTo(HEALTHY);

    clock.advance(Duration.ofSeconds(1));
    assertThat(health.check())
        .isEqualTo(
            new HealthReport(
                Status.UNHEALTHY,
                List.of("Shard " + SHOP_1 + " was last processed 2 min 1 s ago.")));

    vitals.polled(SHOP_1, 0, 0);
    assertThat(health.check()).isEqualTo(HEALTHY);
  }

  @Test
  void aShardIsUnhealthyWhenTheStreamDoesNotAnswerThoughItsProcessingGoesOn() {
    vitals.watch(SHOP, () -> true);
    vitals.opened(SHOP_1);
    vitals.fetched(SHOP_1);
    clock.advance(TWO_MINUTES.plusSeconds(1));
    vitals.polled(SHOP_1, 0, 0);

    assertThat(health.check())
        .isEqualTo(
            new HealthReport(
                Status.UNHEALTHY, List.of("Shard " + SHOP_1 + " was last read 2 min 1 s ago.")));

    vitals.fetched(SHOP_1);
    assertThat(health.check()).isEqualTo(HEALTHY);
  }

  @Test
  void aProcessThatCannotGoOnSaysWhyEvenWhenYoung() {
    vitals.watch(SHOP, () -> true);
    vitals.failed("The first reason.");
    vitals.failed("Another one.");

    assertThat(health.check())
        .isEqualTo(new HealthReport(Status.UNHEALTHY, List.of("The first reason.")));
  }

  @Test
  void aShardThatWasOpenedAndNeverReadIsUnhealthyToo() {
    vitals.watch(SHOP, () -> true);
    vitals.opened(SHOP_1);
    vitals.opened(SHOP_2);
    clock.advance(Duration.ofMinutes(61));
    vitals.polled(SHOP_2, 0, 0);

    assertThat(health.check().reasons())
        .containsExactly("Shard " + SHOP_1 + " was never read since it was opened 1 h 1 min ago.");
  }

  @Test
  void aShardThatEndedOrWasReleasedNeedNotBeRead() {
    vitals.watch(SHOP, () -> true);
    vitals.opened(SHOP_1);
    vitals.ended(SHOP_1);
    vitals.opened(SHOP_2);
    vitals.released(SHOP_2);
    clock.advance(Duration.ofHours(1));

    assertThat(health.check()).isEqualTo(HEALTHY);
  }

  @Test
  void aStoppingProcessIsNotHealthyEvenWhenYoung() {
    vitals.watch(SHOP, () -> true);
    vitals.stopping();

    assertThat(health.check())
        .isEqualTo(new HealthReport(Status.STOPPING, List.of("The process was told to stop.")));
    assertThat(health.check().healthy()).isFalse();
  }

  @Test
  void graceAndPatienceCanBeChosen() {
    Health strict = Health.of(vitals, Duration.ofSeconds(1), Duration.ofSeconds(10));
    vitals.watch(SHOP, () -> true);
    vitals.opened(SHOP_1);
    clock.advance(Duration.ofSeconds(11));

    assertThat(strict.check().status()).isEqualTo(Status.UNHEALTHY);
    assertThat(health.check()).isEqualTo(HEALTHY);
  }

  @Test
  void theGraceIsForWorkersAndNotForShards() {
    Health strict = Health.of(vitals, TWO_MINUTES, Duration.ofSeconds(10));
    vitals.watch(SHOP, () -> false);
    vitals.opened(SHOP_1);
    clock.advance(Duration.ofSeconds(10));
    Status patient = strict.check().status();
    clock.advance(Duration.ofSeconds(1));
    Status impatient = strict.check().status();

    assertThat(patient).isEqualTo(Status.STARTING);
    assertThat(impatient).isEqualTo(Status.UNHEALTHY);
  }

  @Test
  void aReportHasReasonsExactlyWhenItIsNotHealthy() {
    assertThatThrownBy(() -> new HealthReport(Status.UNHEALTHY, List.of()))
        .hasMessage("Status unhealthy does not go with 0 reasons");
    assertThatThrownBy(() -> new HealthReport(Status.HEALTHY, List.of("x")))
        .hasMessage("Status healthy does not go with 1 reasons");
  }
}
