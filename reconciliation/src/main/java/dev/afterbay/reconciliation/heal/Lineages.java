package dev.afterbay.reconciliation.heal;

import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which shards follow which. A key is in one shard at a time, and goes from it to one of its
 * children; from one stream to the next it may go from any shard to any.
 */
final class Lineages {
  private final Map<StreamShard, ShardStatus> logs = new HashMap<>();

  /** Shards that continue others of which nothing was ever read, and when they began at last. */
  private final Map<StreamShard, Instant> orphans = new HashMap<>();

  Lineages(List<ShardStatus> logs, List<RecordedGap> gaps) {
    logs.forEach(log -> this.logs.put(log.shard(), log));
    gaps.stream()
        .filter(gap -> gap.gap().reason() == Gap.Reason.PARENT_NEVER_READ)
        .forEach(gap -> orphans.put(gap.shard(), gap.gap().until()));
  }

  /** Whether a key with a row in a shard may have been in a gap later. */
  boolean leads(StreamShard shard, GapSite gap) {
    if (gap.betweenStreams()) {
      return shard.stream().compareTo(gap.spot().stream()) <= 0;
    }
    return leads(shard, gap.gap().shard());
  }

  /** Whether a key with a row in a shard may have been in a gap earlier. */
  boolean leads(GapSite gap, StreamShard shard) {
    if (gap.betweenStreams()) {
      return shard.stream().compareTo(gap.spot().stream()) > 0;
    }
    return leads(gap.gap().shard(), shard);
  }

  /** Whether a key may have been in both gaps. */
  boolean leads(GapSite gap, GapSite later) {
    return gap.betweenStreams()
        ? later.gap().shard().stream().compareTo(gap.spot().stream()) > 0
        : leads(gap.gap().shard(), later);
  }

  private boolean leads(StreamShard earlier, StreamShard later) {
    if (!earlier.stream().equals(later.stream())) {
      return earlier.stream().compareTo(later.stream()) < 0;
    }
    Optional<StreamShard> at = Optional.of(later);
    Set<StreamShard> seen = new HashSet<>();
    while (at.isPresent() && seen.add(at.get())) {
      StreamShard shard = at.get();
      if (shard.equals(earlier)) {
        return true;
      }
      Instant began = orphans.get(shard);
      if (began != null) {
        return endedBy(began, earlier);
      }
      at = parent(shard);
    }
    return false;
  }

  private Optional<StreamShard> parent(StreamShard shard) {
    return Optional.ofNullable(logs.get(shard))
        .flatMap(ShardStatus::parent)
        .map(parent -> new StreamShard(shard.table(), shard.stream(), parent));
  }

  /** Whoever is an ancestor had ended before. */
  private boolean endedBy(Instant moment, StreamShard shard) {
    ShardStatus log = logs.get(shard);
    return log != null && log.state() == ShardStatus.State.ENDED && !log.to().isAfter(moment);
  }
}
