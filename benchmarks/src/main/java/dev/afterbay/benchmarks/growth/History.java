package dev.afterbay.benchmarks.growth;

import dev.afterbay.benchmarks.inprocess.Unobserved;
import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.consumer.pipeline.LostShards;
import dev.afterbay.consumer.pipeline.StreamLedger;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The commit log of a stream over days, written by the log's own classes: its shards roll over six
 * times a day, as those of DynamoDB do, and each commits so often before that. The records have no
 * rows: what is measured is the log.
 */
final class History {
  private static final StreamLabel STREAM = new StreamLabel("2026-01-01T00:00:00.000");
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LIFE = Duration.ofHours(4);
  static final int LIVES_A_DAY = 6;

  private final CountingStore store = new CountingStore();
  private final Lake lake = new Lake("lake");
  private final int lineages;
  private final int commitsOfALife;
  private final CommitLog log;
  private final Map<Integer, ShardId> parents = new HashMap<>();
  private Instant now = BEGIN;
  private long position = 1_000;

  History(int lineages, int commitsOfALife, Path scratch) {
    this.lineages = lineages;
    this.commitsOfALife = commitsOfALife;
    this.log = new CommitLog(store, lake, scratch, (InstantSource) () -> now);
  }

  CountingStore store() {
    return store;
  }

  /** One day more, with a worker that reads; its last shards stay open until the next one. */
  void day() {
    for (int life = 0; life < LIVES_A_DAY; life++) {
      for (int lineage = 0; lineage < lineages; lineage++) {
        live(lineage);
      }
      now = now.plus(LIFE);
      lost().noteSettled(Set.copyOf(parents.values()));
    }
  }

  private void live(int lineage) {
    ShardId parent = parents.get(lineage);
    if (parent != null) {
      ShardLog before = opened(log.open(shard(parent)));
      before.commitEnd(before.begin());
    }
    ShardId id = new ShardId("shardId-%020d-%08x".formatted(now.toEpochMilli(), lineage));
    ShardLog own = opened(parent == null ? log.open(shard(id)) : log.openChild(shard(id), parent));
    for (int i = 0; i < commitsOfALife; i++) {
      Segment segment = own.begin();
      ShardCursor.Accepted accepted =
          segment
              .cursor()
              .accept(SequenceNumber.parse(Long.toString(position++)), Optional.of(now), "-")
              .orElseThrow();
      segment.append(accepted.cursor(), List.of());
      own.commit(segment);
    }
    parents.put(lineage, id);
  }

  /** What a worker does with the log before it reads, and to open every shard that is open. */
  void start() {
    lost().record(Set.copyOf(parents.values()), shard -> false);
    List<ShardLog> opened = new ArrayList<>();
    parents.values().forEach(id -> opened.add(opened(log.open(shard(id)))));
    if (opened.size() != lineages) {
      throw new IllegalStateException(opened.size() + " shards of " + lineages + " are open");
    }
  }

  private LostShards lost() {
    StreamLedger ledger = new StreamLedger(STREAM, BEGIN, Set.of());
    return new LostShards(
        store, lake, log, Orders.TABLE.name(), ledger, () -> now, new Unobserved());
  }

  private static StreamShard shard(ShardId id) {
    return new StreamShard(Orders.TABLE.name(), STREAM, id);
  }

  private static ShardLog opened(Opening opening) {
    if (opening instanceof Opening.Opened open) {
      return open.log();
    }
    throw new IllegalStateException("A shard cannot be opened: " + opening);
  }
}
