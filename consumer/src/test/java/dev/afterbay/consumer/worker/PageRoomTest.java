package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageRoomTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final long HALF = MEBIBYTE / 2;
  private static final long FULL = 1_000 * 4_000;
  private static final Duration FOR_EVER = Duration.ofMinutes(5);
  private static final ShardId SHARD = shard(0);

  @ParameterizedTest(name = "{0} MiB, records of {1} bytes: {2}")
  @CsvSource({
    "128, 1000, 1000",
    "128, 8000, 1000",
    "4, 8000, 524",
    "64, 1600000, 41",
    "1, 30000000, 1",
  })
  void aPageAloneHasAsManyRecordsAsThereIsRoomFor(long room, long bytes, int expected) {
    PageRoom pages = new PageRoom(room * MEBIBYTE, 1, FOR_EVER);
    know(pages, SHARD, bytes);

    assertThat(pages.take(SHARD).limit()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} MiB, {1} shards, records of {2} bytes: {3}")
  @CsvSource({
    "128, 40, 8000, 104",
    "64, 40, 8000, 52",
    "64, 40, 800, 524",
    "64, 40, 1600000, 1",
  })
  void whoHasWaitedLongEnoughGetsAPageThatAllShardsCouldHaveAtOnce(
      long room, int shards, long bytes, int expected) {
    PageRoom pages = new PageRoom(room * MEBIBYTE, 1, Duration.ZERO);
    IntStream.range(0, shards).forEach(i -> know(pages, shard(i), bytes));
    PageRoom.Place all = pages.take(SHARD);
    all.filled(1_000, room * MEBIBYTE);

    know(pages, shard(1), bytes);
    assertThat(pages.take(shard(1)).limit()).isEqualTo(expected);
  }

  @Test
  void beforeTheFirstPageRecordsAreTakenAsOfOrdinarySize() {
    assertThat(new PageRoom(128 * MEBIBYTE, 1, FOR_EVER).take(SHARD).limit())
        .isEqualTo(PageRoom.MOST);
    assertThat(new PageRoom(MEBIBYTE, 1, FOR_EVER).take(SHARD).limit()).isEqualTo(262);
  }

  @Test
  void recordsThatGrowAreBelievedAtOnceAndOnesThatShrinkSlowly() {
    PageRoom pages = new PageRoom(10_000_000, 1, FOR_EVER);

    fillAndLeave(pages, SHARD, 10, 100_000);
    int grown = fillAndLeave(pages, SHARD, 10, 1_000);
    int shrunk = fillAndLeave(pages, SHARD, 0, 0);
    int unchanged = fillAndLeave(pages, SHARD, 0, 0);

    assertThat(grown).isEqualTo(100);
    assertThat(shrunk).isEqualTo(125);
    assertThat(unchanged).isEqualTo(125);
  }

  @Test
  void whoeverWaitsGetsAFullPageInItsTurn() throws Exception {
    PageRoom pages = new PageRoom(12 * HALF, 1, FOR_EVER);
    PageRoom.Place first = pages.take(SHARD);
    first.filled(1_000, 9 * HALF);
    List<CompletableFuture<PageRoom.Place>> others = new ArrayList<>();
    for (int i = 1; i < 4; i++) {
      others.add(taking(pages, shard(i)));
    }
    assertThat(others).noneMatch(CompletableFuture::isDone);

    first.leave();
    for (CompletableFuture<PageRoom.Place> other : others) {
      PageRoom.Place place = other.get(10, TimeUnit.SECONDS);
      assertThat(place.limit()).isEqualTo(PageRoom.MOST);
      assertThat(others.stream().filter(CompletableFuture::isDone).count())
          .isEqualTo(others.indexOf(other) + 1L);
      place.leave();
    }
  }

  @Test
  void aPageThatIsLighterThanExpectedLeavesRoom() throws Exception {
    PageRoom pages = new PageRoom(12 * HALF, 1, FOR_EVER);
    PageRoom.Place first = pages.take(SHARD);
    CompletableFuture<PageRoom.Place> other = taking(pages, shard(1));

    first.filled(100, HALF);

    assertThat(other.get(10, TimeUnit.SECONDS).limit()).isEqualTo(PageRoom.MOST);
  }

  @Test
  void aCallThatBringsNothingLeavesItsRoom() throws Exception {
    PageRoom pages = new PageRoom(12 * HALF, 1, FOR_EVER);
    PageRoom.Place failed = pages.take(SHARD);
    CompletableFuture<PageRoom.Place> second = taking(pages, shard(1));
    failed.leaveIfEmpty();
    PageRoom.Place empty = second.get(10, TimeUnit.SECONDS);
    CompletableFuture<PageRoom.Place> third = taking(pages, shard(2));
    empty.filled(0, 0);
    empty.leaveIfEmpty();

    PageRoom.Place full = third.get(10, TimeUnit.SECONDS);
    full.filled(1_000, 12 * HALF);
    full.leaveIfEmpty();

    assertThat(taking(pages, SHARD).isDone()).as("a page with records keeps its room").isFalse();
    full.leave();
  }

  @Test
  void whatCameBeforeAProcessedPageIsProcessedOrLost() throws Exception {
    PageRoom pages = new PageRoom(24 * HALF, 1, FOR_EVER);
    PageRoom.Place lost = pages.take(SHARD);
    lost.filled(1_000, 12 * HALF);
    PageRoom.Place again = pages.take(SHARD);
    again.filled(1_000, 12 * HALF);
    CompletableFuture<PageRoom.Place> other = taking(pages, shard(1));

    again.leave();
    lost.leave();

    other.get(10, TimeUnit.SECONDS).filled(1_000, 17 * HALF);
    assertThat(taking(pages, shard(2)).isDone()).as("nothing is given back twice").isFalse();
    pages.closed(shard(1));
  }

  @ParameterizedTest(name = "{0} processors, of which {1} compute: {2} pages at once")
  @CsvSource({"1, 0, 7", "1, 1, 1", "2, 1, 7", "2, 2, 2", "4, 4, 4"})
  void onlyWhileAllProcessorsComputeNoMoreThanTheirNextPagesAreCalled(
      int processors, int computing, int expected) throws Exception {
    PageRoom pages = new PageRoom((computing + 7) * FULL, processors, FOR_EVER);
    IntStream.range(0, computing).forEach(i -> computing(pages, shard(i)));

    assertThat(calledAtOnce(pages)).isEqualTo(expected);
  }

  @Test
  void aPageThatWaitsForAProcessorIsItsNextOne() throws Exception {
    PageRoom pages = new PageRoom(100 * FULL, 1, FOR_EVER);
    PageRoom.Place first = computing(pages, SHARD);
    come(pages, shard(1)).ready();

    CompletableFuture<PageRoom.Place> other = taking(pages, shard(2));
    assertThat(other).isNotDone();
    first.leave();

    assertThat(other).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void aProcessorThatIsAboutToTakeItsNextPageIsNotFree() throws Exception {
    PageRoom pages = new PageRoom(100 * FULL, 1, FOR_EVER);
    PageRoom.Place processed = computing(pages, SHARD);
    come(pages, shard(1)).ready();
    processed.leave();

    assertThat(calledAtOnce(pages)).isEqualTo(1);
  }

  @Test
  void aPageThatWaitsForItsShardHoldsUpNobody() throws Exception {
    PageRoom pages = new PageRoom(100 * FULL, 1, FOR_EVER);
    computing(pages, SHARD);
    come(pages, SHARD);

    assertThat(taking(pages, shard(1))).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void whatIsOverHoldsUpNobody() throws Exception {
    PageRoom pages = new PageRoom(100 * FULL, 1, FOR_EVER);
    computing(pages, SHARD);
    pages.take(shard(1)).leaveIfEmpty();
    pages.take(shard(2));
    pages.closed(shard(2));
    PageRoom.Place lost = come(pages, shard(3));
    PageRoom.Place processed = come(pages, shard(3));
    lost.ready();
    processed.leave();
    PageRoom.Place called = pages.take(shard(4));

    CompletableFuture<PageRoom.Place> other = taking(pages, shard(5));
    assertThat(other).isNotDone();
    called.filled(1_000, FULL);

    assertThat(other).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void aShardThatIsClosedLeavesItsRoom() throws Exception {
    PageRoom pages = new PageRoom(12 * HALF, 1, FOR_EVER);
    PageRoom.Place place = pages.take(SHARD);
    place.filled(1_000, 12 * HALF);
    CompletableFuture<PageRoom.Place> other = taking(pages, shard(1));

    pages.closed(SHARD);
    place.leave();

    assertThat(other.get(10, TimeUnit.SECONDS).limit()).isEqualTo(PageRoom.MOST);
    assertThat(pages.nearlyFull(SHARD)).isFalse();
  }

  @Test
  void whoIsInterruptedGoesOnWithASmallPageAndIsInterruptedStill() throws Exception {
    PageRoom pages = new PageRoom(12 * HALF, 1, FOR_EVER);
    pages.take(SHARD).filled(1_000, 12 * HALF);
    CompletableFuture<Integer> limit = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              int given = pages.take(shard(1)).limit();
              limit.complete(Thread.currentThread().isInterrupted() ? given : -1);
            });
    waiting.start();
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    waiting.interrupt();

    assertThat(limit.get(10, TimeUnit.SECONDS)).isEqualTo(196);
  }

  @ParameterizedTest(name = "{0} records of {1} bytes")
  @CsvSource({
    "0, 0, false",
    "130, 100, false",
    "131, 100, true",
    "262, 100, true",
    "1, 524287, false",
    "1, 524288, true",
  })
  void aPageIsNearlyFullIfItHasHalfOfWhatWasAskedForOrOfAMegabyte(
      int records, long bytes, boolean expected) {
    PageRoom pages = new PageRoom(MEBIBYTE, 1, FOR_EVER);
    PageRoom.Place place = pages.take(SHARD);

    place.filled(records, records * bytes);

    assertThat(place.limit()).isEqualTo(262);
    assertThat(pages.nearlyFull(SHARD)).isEqualTo(expected);
  }

  /** Waits until the thread waits, so that others come after it. */
  private static CompletableFuture<PageRoom.Place> taking(PageRoom pages, ShardId shard)
      throws ExecutionException, InterruptedException {
    CompletableFuture<PageRoom.Place> place = new CompletableFuture<>();
    Thread thread = new Thread(() -> place.complete(pages.take(shard)));
    thread.setDaemon(true);
    thread.start();
    await().until(() -> place.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
    return place;
  }

  private static PageRoom.Place come(PageRoom pages, ShardId shard) {
    PageRoom.Place place = pages.take(shard);
    place.filled(1_000, FULL);
    return place;
  }

  private static PageRoom.Place computing(PageRoom pages, ShardId shard) {
    PageRoom.Place place = come(pages, shard);
    place.ready();
    return place;
  }

  /** How many shards get a page without waiting, before one has to. */
  private static int calledAtOnce(PageRoom pages) throws ExecutionException, InterruptedException {
    for (int called = 0; ; called++) {
      ShardId shard = shard(100 + called);
      if (!taking(pages, shard).isDone()) {
        return called;
      }
    }
  }

  /** Shows pages until the size of a shard's records is believed. */
  private static void know(PageRoom pages, ShardId shard, long bytes) {
    for (int i = 0; i < 100; i++) {
      fillAndLeave(pages, shard, 10, bytes);
    }
  }

  private static int fillAndLeave(PageRoom pages, ShardId shard, int records, long bytes) {
    PageRoom.Place place = pages.take(shard);
    place.filled(records, records * bytes);
    place.leave();
    return place.limit();
  }

  private static ShardId shard(int number) {
    return new ShardId("shardId-" + number);
  }
}
