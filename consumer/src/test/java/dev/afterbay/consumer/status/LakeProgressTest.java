package dev.afterbay.consumer.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.reconciliation.audit.Completeness.Progress;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LakeProgressTest {
  private static final TableName ORDERS = new TableName("Orders");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant NOW = NOON.plusSeconds(30);

  @Test
  void aShardThatCommittedALaterRecordIsPast() {
    assertThat(progress(List.of(open("shardId-1", 1)), List.of(), Map.of()))
        .isEqualTo(new Progress.Reached());
  }

  @Test
  void aShardThatStandsAtTheMomentIsNot() {
    assertThat(progress(List.of(open("shardId-1", 1), open("shardId-2", 0)), List.of(), Map.of()))
        .isEqualTo(new Progress.Behind("shard shardId-2 is complete up to 2026-11-21T12:00:00Z"));
  }

  @Test
  void aShardThatWasReadThroughLaterIsPast() {
    assertThat(
            progress(
                List.of(open("shardId-1", -600)),
                List.of(),
                Map.of(new ShardId("shardId-1"), NOON.plusSeconds(1))))
        .isEqualTo(new Progress.Reached());
  }

  @Test
  void aShardWithoutALogMustHaveBeenReadThroughToo() {
    Lease lease =
        new Lease(new ShardId("shardId-2"), Optional.of("one"), "TRIM_HORIZON", Set.of(), "1");

    assertThat(progress(List.of(open("shardId-1", 1)), List.of(lease), Map.of()))
        .isEqualTo(new Progress.Behind("shard shardId-2 was never read through"));
    assertThat(
            progress(
                List.of(open("shardId-1", 1)),
                List.of(lease),
                Map.of(new ShardId("shardId-2"), NOON.plusSeconds(2))))
        .isEqualTo(new Progress.Reached());
  }

  @Test
  void aShardThatHasJustEndedHasChildrenThatAreNotKnownYet() {
    assertThat(progress(List.of(ended("shardId-1"), open("shardId-2", 1)), List.of(), Map.of()))
        .isEqualTo(new Progress.Behind("shard shardId-1 has ended, and no child is known yet"));
  }

  @Test
  void ofALakeWithoutAnyShardNothingCanBeSaid() {
    assertThat(progress(List.of(), List.of(), Map.of()))
        .isEqualTo(new Progress.Behind("nothing is committed, and no worker holds a shard"));
  }

  private static Progress progress(
      List<ShardStatus> logs, List<Lease> leases, Map<ShardId, Instant> readThrough) {
    return LakeProgress.towards(
        NOON,
        NOW,
        logs,
        leases,
        TableStatus.of(ORDERS, logs, List.of(), Set.of(), leases, readThrough, NOW));
  }

  private static ShardStatus open(String shard, int seconds) {
    return log(shard, ShardStatus.State.OPEN, seconds);
  }

  private static ShardStatus ended(String shard) {
    return log(shard, ShardStatus.State.ENDED, -600);
  }

  private static ShardStatus log(String shard, ShardStatus.State state, int seconds) {
    return new ShardStatus(
        new StreamShard(ORDERS, new StreamLabel("2026-11-20T00:00:00.000"), new ShardId(shard)),
        Optional.empty(),
        0,
        state,
        Optional.of(SequenceNumber.parse("1")),
        1,
        1,
        Optional.of(NOON.minusSeconds(3600)),
        Tallies.NONE,
        NOON.plusSeconds(seconds),
        NOW.minusSeconds(10));
  }
}
