package dev.afterbay.consumer.health;

import static dev.afterbay.consumer.health.Shards.SHOP;
import static dev.afterbay.consumer.health.Shards.SHOP_1;
import static dev.afterbay.consumer.health.Shards.TASKS;
import static dev.afterbay.consumer.health.Shards.visible;
import static dev.afterbay.consumer.health.TestClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private final TestClock clock = new TestClock();
  private final Vitals vitals = Vitals.startingNow(clock);
  private final History history = new History(vitals);

  @Test
  void aPointHasWhatBecameVisibleSinceTheOneBefore() {
    vitals.opened(SHOP_1);
    history.sample();
    vitals.committed(SHOP_1, visible(50, 1, 10, START));
    step();
    step();

    assertThat(history.of(SHOP))
        .extracting(History.Point::recordsPerSecond)
        .containsExactly(5.0, 0.0);
    assertThat(history.of(SHOP))
        .extracting(point -> point.behind().orElseThrow())
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20));
    assertThat(history.of(TASKS)).isEmpty();
  }

  @Test
  void whatIsOlderThanAnHourIsForgotten() {
    vitals.watch(SHOP, () -> true);
    for (int i = 0; i < 1000; i++) {
      step();
    }

    assertThat(history.of(SHOP)).hasSize(360);
    assertThat(history.of(SHOP).get(0).at())
        .isEqualTo(clock.instant().minus(Duration.ofHours(1)).plus(History.STEP));
    assertThat(history.of(SHOP).get(0).behind()).isEmpty();
  }

  private void step() {
    clock.advance(History.STEP);
    history.sample();
  }
}
