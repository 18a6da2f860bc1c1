package dev.afterbay.reconciliation.heal;

import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a judge is told: gaps, shards, rows and lines, of one stream. */
final class Told {
  private static final TableName TABLE = new TableName("shop");
  private static final StreamLabel STREAM = new StreamLabel("2026-11-20T00:00:00.000");

  private Told() {}

  static StreamShard shard(String name) {
    return new StreamShard(TABLE, STREAM, new ShardId("shardId-" + name));
  }

  /** A gap after a position, and before another one unless it is at the shard's end. */
  static RecordedGap gap(
      String shard, long after, Optional<Long> before, Instant from, Instant until) {
    return new RecordedGap(
        shard(shard),
        position(after),
        new Gap(
            before.isPresent() ? Gap.Reason.TRIMMED : Gap.Reason.SHARD_VANISHED,
            before.map(Told::position),
            from,
            until,
            "trimmed"),
        new CommitId("commit-" + shard + "-" + after),
        until);
  }

  static List<GapSite> sites(List<RecordedGap> gaps) {
    return gaps.stream().map(gap -> GapSite.of(gap, StreamLabel.NONE)).toList();
  }

  static ShardStatus log(String shard, @Nullable String parent) {
    return new ShardStatus(
        shard(shard),
        Optional.ofNullable(parent).map(name -> shard(name).shard()),
        0,
        ShardStatus.State.OPEN,
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        Tallies.NONE,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** A record of the stream that the lake has. */
  static Traces.Row row(String shard, long position, Instant time, String old, String now) {
    return new Traces.Row(
        position,
        new Spot(STREAM, position(position)),
        shard(shard),
        true,
        time,
        digest(now),
        digest(old));
  }

  /** A row that the lake has of a healing. */
  static Traces.Row healed(Finding.Changed changed) {
    return new Traces.Row(
        -1,
        changed.gap().spot(),
        GapSite.logOf(changed.gap().gap()),
        false,
        changed.time(),
        changed.truth().digest(),
        changed.known().map(Traces.State::digest).orElse(null));
  }

  static Traces.Line line(Instant writtenAt, String old, String now) {
    return new Traces.Line(0, writtenAt, digest(now), digest(old));
  }

  static SequenceNumber position(long position) {
    return SequenceNumber.parse(Long.toString(position));
  }

  /** No item is written as {@code -}. */
  static @Nullable String digest(String text) {
    return text.equals("-") ? null : text;
  }

  static String text(@Nullable String digest) {
    return digest == null ? "-" : digest;
  }
}
