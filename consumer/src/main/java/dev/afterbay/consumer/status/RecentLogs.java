package dev.afterbay.consumer.status;

import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The logs of the shards that are leased, and of some generations before them, of each table's
 * newest stream. A log of years is neither listed nor read: each look begins at the oldest shard
 * that has a lease, and only the first one reaches further back. Used by one thread.
 */
final class RecentLogs implements Status.Logs {
  /** A shard lives for about four hours, so this is half a day. */
  private static final int GENERATIONS = 3;

  private static final int MOST = 300;

  private final ObjectStore store;
  private final Lake lake;
  private final Map<TableName, Known> known = new HashMap<>();

  RecentLogs(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  @Override
  public LogStatus read(TableName table, List<Lease> held) {
    Optional<StreamLabel> stream = ReadThroughNotes.newestStream(store, lake, table);
    Optional<ShardId> oldest = held.stream().map(Lease::shard).min(ShardId::compareTo);
    if (stream.isEmpty() || oldest.isEmpty()) {
      return new LogStatus(List.of(), List.of());
    }
    Known before = known.get(table);
    boolean first = before == null || !before.stream().equals(stream.get());
    Known now = first || before == null ? new Known(stream.get(), new TreeMap<>()) : before;
    known.put(table, now);
    LogStatus found = from(table, stream.get(), oldest.get());
    for (int i = 0; first && i < GENERATIONS; i++) {
      Optional<ShardId> older = oldestParent(held, found.shards(), oldest.get());
      if (older.isEmpty()) {
        break;
      }
      oldest = older;
      found = from(table, stream.get(), older.get());
    }
    found.shards().forEach(shard -> now.shards().put(shard.shard().shard(), shard));
    while (now.shards().size() > MOST) {
      now.shards().pollFirstEntry();
    }
    return new LogStatus(new ArrayList<>(now.shards().values()), found.problems());
  }

  private LogStatus from(TableName table, StreamLabel stream, ShardId first) {
    return LogStatus.readStreamFrom(store, lake, table, stream, first);
  }

  private static Optional<ShardId> oldestParent(
      Collection<Lease> held, Collection<ShardStatus> logs, ShardId oldest) {
    Set<ShardId> parents = new HashSet<>();
    held.forEach(lease -> parents.addAll(lease.parents()));
    logs.forEach(log -> log.parent().ifPresent(parents::add));
    return Stream.concat(parents.stream(), Stream.of(oldest))
        .min(ShardId::compareTo)
        .filter(shard -> shard.compareTo(oldest) < 0);
  }

  private record Known(StreamLabel stream, NavigableMap<ShardId, ShardStatus> shards) {}
}
