package dev.afterbay.sinks.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.LakeTable.Partitioning;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTest {
  private static final Lake LAKE = new Lake("my/lake");
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final SequenceNumber POSITION = SequenceNumber.parse("42");

  @Test
  void aCommitStandsUnderItsPosition() {
    ObjectKey key = LAKE.commit(SHARD, POSITION);

    assertThat(key.value())
        .isEqualTo(
            "my/lake/_afterbay/commits/e_commerce_data/2026-11-21T05:00:00.000/shardId-1/"
                + "0000000000000000000000000000000000000042.json");
    assertThat(LAKE.commitPlace(SHARD.table(), key)).hasValue(new CommitPlace(SHARD, 0, POSITION));
  }

  @Test
  void aCommitOfALaterEpochStandsBehindThoseBefore() {
    CommitPlace place = new CommitPlace(SHARD, 12, POSITION);
    ObjectKey key = LAKE.commit(place);

    assertThat(key.value())
        .isEqualTo(
            "my/lake/_afterbay/commits/e_commerce_data/2026-11-21T05:00:00.000/shardId-1/e000012/"
                + "0000000000000000000000000000000000000042.json");
    assertThat(LAKE.commitPlace(SHARD.table(), key)).hasValue(place);
    assertThat(key.value())
        .isGreaterThan(LAKE.commit(SHARD, new SequenceNumber("9".repeat(40))).value());
  }

  @Test
  void aLakeMayBeTheWholeBucket() {
    Lake bucket = new Lake("");

    assertThat(bucket.data(SHARD.table())).isEqualTo("e_commerce_data/");
    assertThat(bucket.keyOf(bucket.pathOf(new ObjectKey("a/b")))).isEqualTo(new ObjectKey("a/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my/lake/_afterbay/commits/e_commerce_data/s/shard/42.json",
        "my/lake/_afterbay/commits/e_commerce_data/s/shard/x.json",
        "my/lake/_afterbay/commits/e_commerce_data/s/shard/.json",
        "my/lake/_afterbay/commits/e_commerce_data/s/0000000000000000000000000000000000000042.json",
        "my/lake/_afterbay/commits/other/s/sh/0000000000000000000000000000000000000042.json",
        "my/lake/_afterbay/commits/e_commerce_data/s/sh/0000000000000000000000000000000000000042"
      })
  void whatIsNoCommitOfTheTableHasNoPlace(String key) {
    assertThat(LAKE.commitPlace(SHARD.table(), new ObjectKey(key))).isEmpty();
  }

  @Test
  void partitionsAreHoursInUtc() {
    assertThat(Lake.partition(Partitioning.BY_HOUR, Instant.parse("2026-11-21T05:59:59.999999Z")))
        .isEqualTo("dt=2026-11-21/hh=05");
    assertThat(Lake.partition(Partitioning.BY_HOUR, Instant.parse("2026-12-31T23:00:00Z")))
        .isEqualTo("dt=2026-12-31/hh=23");
  }

  @Test
  void pathsSurviveAMoveOfTheLake() {
    String path = LAKE.pathOf(new ObjectKey("my/lake/t/changes/x.parquet"));

    assertThat(new Lake("copy").keyOf(path)).isEqualTo(new ObjectKey("copy/t/changes/x.parquet"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LAKE.pathOf(new ObjectKey("elsewhere/x.parquet")))
        .withMessageContaining("my/lake");
  }
}
