package dev.afterbay.consumer.health;

import static dev.afterbay.consumer.health.Shards.SHOP;
import static dev.afterbay.consumer.health.Shards.SHOP_1;
import static dev.afterbay.consumer.health.Shards.SHOP_2;
import static dev.afterbay.consumer.health.Shards.TASKS;
import static dev.afterbay.consumer.health.Shards.TASKS_1;
import static dev.afterbay.consumer.health.Shards.visible;
import static dev.afterbay.consumer.health.TestClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.segment.Tallies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class VitalsTest {
  private final TestClock clock = new TestClock();
  private final Vitals vitals = Vitals.startingNow(clock);

  @Test
  void aShardRemembersWhenItWasOpenedAndLastReadAndHowFarItIs() {
    vitals.opened(SHOP_1);
    clock.advance(Duration.ofSeconds(3));
    vitals.polled(SHOP_1, 10, 2);
    vitals.committed(SHOP_1, visible(10, 1, 4096, START.plusSeconds(2)));

    ShardVitals shard = only(table(0).shards());
    assertThat(shard.openedAt()).isEqualTo(START);
    assertThat(shard.lastPoll()).contains(START.plusSeconds(3));
    assertThat(shard.upTo()).contains(START.plusSeconds(2));
    assertThat(shard.tally()).isEqualTo(new Tally(10, 2, 10, 1, 1, 4096, 0, 0, 0, 0, 10));
    assertThat(shard.lag(clock.instant())).contains(Duration.ofSeconds(1));
  }

  @Test
  void aTableSumsUpItsShardsAlsoThoseThatEndedOrWereReleased() {
    vitals.opened(SHOP_1);
    vitals.polled(SHOP_1, 5, 1);
    vitals.committed(SHOP_1, visible(5, 1, 100, START));
    vitals.ended(SHOP_1);
    vitals.opened(SHOP_2);
    vitals.polled(SHOP_2, 7, 0);
    vitals.committed(SHOP_2, visible(7, 2, 200, START));
    vitals.released(SHOP_2);

    assertThat(table(0).shards()).isEmpty();
    assertThat(table(0).tally()).isEqualTo(new Tally(12, 1, 12, 2, 3, 300, 0, 0, 0, 0, 12));
  }

  @Test
  void whatComesAfterTheReleaseCountsForTheTableAndDoesNotBringTheShardBack() {
    vitals.opened(SHOP_1);
    vitals.released(SHOP_1);
    vitals.polled(SHOP_1, 1, 0);
    vitals.committed(SHOP_1, visible(1, 1, 10, START));
    vitals.released(SHOP_1);

    assertThat(table(0).shards()).isEmpty();
    assertThat(table(0).tally()).isEqualTo(new Tally(1, 0, 1, 1, 1, 10, 0, 0, 0, 0, 1));
  }

  @Test
  void aShardThatComesBackBeginsAnew() {
    vitals.opened(SHOP_1);
    vitals.polled(SHOP_1, 1, 0);
    vitals.released(SHOP_1);
    clock.advance(Duration.ofMinutes(10));
    vitals.opened(SHOP_1);

    assertThat(only(table(0).shards()))
        .isEqualTo(ShardVitals.opened(SHOP_1, START.plus(Duration.ofMinutes(10))));
  }

  @Test
  void aShardRemembersWhenTheStreamLastAnsweredAndWhenThereWasNothingMoreToRead() {
    vitals.opened(SHOP_1);
    vitals.polled(SHOP_1, 0, 0);
    clock.advance(Duration.ofSeconds(4));
    vitals.fetched(SHOP_1);
    clock.advance(Duration.ofSeconds(5));
    vitals.caughtUp(SHOP_1);

    ShardVitals shard = only(table(0).shards());
    assertThat(shard.processedAt()).contains(START);
    assertThat(shard.lastPoll()).contains(START.plusSeconds(4));
    assertThat(shard.caughtUpAt()).contains(START.plusSeconds(9));
    assertThat(shard.silence(START.plusSeconds(9))).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void whatWasNotReadIsForgottenADayAfterItMayHaveBeenWritten() {
    vitals.opened(SHOP_1);
    clock.advance(Duration.ofHours(1));
    assertThat(untilTrimmed()).isEqualTo(Duration.ofHours(23));

    vitals.committed(SHOP_1, visible(1, 1, 10, START.minus(Duration.ofHours(20))));
    assertThat(untilTrimmed()).isEqualTo(Duration.ofHours(3));

    vitals.caughtUp(SHOP_1);
    assertThat(untilTrimmed()).isEqualTo(Duration.ofHours(24));

    clock.advance(Duration.ofHours(25));
    assertThat(untilTrimmed()).isZero();
  }

  private Duration untilTrimmed() {
    return only(table(0).shards()).untilTrimmed(clock.instant());
  }

  @Test
  void quarantinedRecordsAndGapsAreCountedAlsoOfAShardThatIsGone() {
    vitals.opened(SHOP_1);
    vitals.quarantined(SHOP_1, 3);
    vitals.gap(SHOP_1);
    assertThat(only(table(0).shards()).tally())
        .isEqualTo(new Tally(0, 0, 0, 0, 0, 0, 3, 1, 0, 0, 0));

    vitals.released(SHOP_1);
    vitals.gap(SHOP_1);
    assertThat(table(0).tally()).isEqualTo(new Tally(0, 0, 0, 0, 0, 0, 3, 2, 0, 0, 0));
  }

  @Test
  void theTimeInTheLakeNeverGoesBack() {
    vitals.opened(SHOP_1);
    vitals.committed(SHOP_1, visible(1, 1, 10, START.plusSeconds(9)));
    vitals.committed(SHOP_1, visible(1, 1, 10, START.plusSeconds(4)));

    assertThat(only(table(0).shards()).upTo()).contains(START.plusSeconds(9));
  }

  @Test
  void theLagOfATableIsThatOfItsLeastAdvancedShard() {
    vitals.opened(SHOP_1);
    vitals.opened(SHOP_2);
    clock.advance(Duration.ofSeconds(60));
    assertThat(table(0).lag(clock.instant())).isEmpty();

    vitals.committed(SHOP_1, visible(1, 1, 10, START.plusSeconds(50)));
    assertThat(table(0).lag(clock.instant())).contains(Duration.ofSeconds(10));

    vitals.committed(SHOP_2, visible(1, 1, 10, START.plusSeconds(20)));
    assertThat(table(0).lag(clock.instant())).contains(Duration.ofSeconds(40));

    vitals.ended(SHOP_2);
    assertThat(table(0).lag(clock.instant())).contains(Duration.ofSeconds(10));
  }

  @Test
  void aRecordFromTheFutureLagsByNothing() {
    vitals.opened(SHOP_1);
    vitals.committed(SHOP_1, visible(1, 1, 10, START.plusSeconds(5)));

    assertThat(table(0).lag(clock.instant())).contains(Duration.ZERO);
  }

  @Test
  void aWatchedTableIsKnownBeforeAnythingHappensAndTablesStandInTheOrderOfTheirNames() {
    vitals.opened(TASKS_1);
    vitals.watch(SHOP, () -> true);

    assertThat(vitals.snapshot().tables())
        .extracting(TableVitals::table)
        .containsExactly(SHOP, TASKS);
    assertThat(table(0)).isEqualTo(new TableVitals(SHOP, Tally.ZERO, List.of()));
  }

  @Test
  void nothingIsLostWhenManyThreadsReport() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      vitals.opened(SHOP_1);
      vitals.opened(SHOP_2);
      Callable<Void> reports =
          () -> {
            for (int i = 0; i < 1000; i++) {
              vitals.polled(i % 2 == 0 ? SHOP_1 : SHOP_2, 2, 1);
              vitals.committed(
                  i % 2 == 0 ? SHOP_1 : SHOP_2, visible(2, 1, 3, START.plusSeconds(i)));
              vitals.snapshot();
            }
            return null;
          };
      List<Callable<Void>> eight = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        eight.add(reports);
      }
      for (Future<Void> done : threads.invokeAll(eight)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(table(0).tally())
        .isEqualTo(new Tally(16000, 8000, 16000, 8000, 8000, 24000, 0, 0, 0, 0, 16000));
    assertThat(table(0).shards())
        .extracting(ShardVitals::tally)
        .containsOnly(new Tally(8000, 4000, 8000, 4000, 4000, 12000, 0, 0, 0, 0, 8000));
  }

  @Test
  void whatFitsNoColumnAndWhatBelongsToNoEntityIsCountedApart() {
    vitals.opened(SHOP_1);
    vitals.counted(
        SHOP_1,
        Tallies.of(
            List.of(
                new dev.afterbay.sinks.segment.Tally("orders", "Total", "RANGE"),
                new dev.afterbay.sinks.segment.Tally("orders", "Total", "RANGE"),
                new dev.afterbay.sinks.segment.Tally("changes", "PK: {pk}", "UNROUTED"))));

    assertThat(table(0).tally()).isEqualTo(new Tally(0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0));
  }

  private TableVitals table(int index) {
    return vitals.snapshot().tables().get(index);
  }

  private static ShardVitals only(List<ShardVitals> shards) {
    assertThat(shards).hasSize(1);
    return shards.get(0);
  }
}
