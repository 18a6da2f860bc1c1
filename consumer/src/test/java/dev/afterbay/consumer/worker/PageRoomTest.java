package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.ShardId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageLimitTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final ShardId SHARD = shard(0);

  @ParameterizedTest(name = "{0} MiB, {1} shards, records of {2} bytes: {3}")
  @CsvSource({
    "128, 1, 1000, 1000",
    "128, 40, 8000, 104",
    "128, 40, 800, 1000",
    "128, 40, 1600000, 1",
    "64, 40, 8000, 52",
    "1, 40, 30000000, 1",
  })
  void thePagesOfAllShardsHaveRoomTogether(long room, int shards, long bytes, int expected) {
    PageLimit limit = new PageLimit(room * MEBIBYTE);
    IntStream.range(0, shards).forEach(i -> limit.next(shard(i)));
    for (int i = 0; i < 100; i++) {
      limit.seen(SHARD, 10, 10 * bytes);
    }

    assertThat(limit.next(SHARD)).isEqualTo(expected);
  }

  @Test
  void beforeTheFirstPageRecordsAreTakenAsOfOrdinarySize() {
    assertThat(new PageLimit(128 * MEBIBYTE).next(SHARD)).isEqualTo(PageLimit.MOST);
    assertThat(new PageLimit(4 * MEBIBYTE).next(SHARD)).isEqualTo(104);
  }

  @Test
  void recordsThatGrowAreBelievedAtOnceAndOnesThatShrinkSlowly() {
    PageLimit limit = new PageLimit(40_000_000);
    limit.next(SHARD);

    limit.seen(SHARD, 10, 10 * 100_000);
    int grown = limit.next(SHARD);
    limit.seen(SHARD, 10, 10 * 1_000);
    int shrunk = limit.next(SHARD);
    limit.seen(SHARD, 0, 0);
    int unchanged = limit.next(SHARD);

    assertThat(grown).isEqualTo(100);
    assertThat(shrunk).isEqualTo(125);
    assertThat(unchanged).isEqualTo(125);
  }

  @Test
  void aShardThatIsClosedLeavesItsRoomToTheOthers() {
    PageLimit limit = new PageLimit(40_000_000);
    IntStream.range(0, 10).forEach(i -> limit.next(shard(i)));
    int among = limit.next(SHARD);

    IntStream.range(1, 10).forEach(i -> limit.closed(shard(i)));

    assertThat(among).isEqualTo(100);
    assertThat(limit.next(SHARD)).isEqualTo(1000);
  }

  @ParameterizedTest(name = "{0} records of {1} bytes")
  @CsvSource({
    "0, 0, false",
    "51, 100, false",
    "52, 100, true",
    "104, 100, true",
    "1, 1048575, false",
    "1, 1048576, true",
  })
  void aPageIsNearlyFullIfItHasHalfOfWhatWasAskedForOrOfAMegabyte(
      int records, long bytes, boolean expected) {
    PageLimit limit = new PageLimit(4 * MEBIBYTE);
    int asked = limit.next(SHARD);

    limit.seen(SHARD, records, records * bytes);

    assertThat(asked).isEqualTo(104);
    assertThat(limit.nearlyFull(SHARD)).isEqualTo(expected);
  }

  @Test
  void ofAShardThatIsNotReadNothingIsKnown() {
    PageLimit limit = new PageLimit(MEBIBYTE);

    limit.seen(SHARD, 1_000, 10 * MEBIBYTE);
    limit.closed(SHARD);

    assertThat(limit.nearlyFull(SHARD)).isFalse();
  }

  private static ShardId shard(int number) {
    return new ShardId("shardId-" + number);
  }
}
