package dev.afterbay.consumer.status;

import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.commit.Watermarks;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Up to when the shards that have not ended were read through, as the workers have noted it. */
final class ReadThroughNotes {
  private static final String JSON = ".json";

  private ReadThroughNotes() {}

  static Map<ShardId, Instant> of(
      ObjectStore store, Lake lake, TableName table, List<ShardStatus> logs, List<Lease> leases) {
    Map<ShardId, Instant> notes = new HashMap<>();
    Map<StreamShard, Integer> epochs = new HashMap<>();
    logs.forEach(log -> epochs.put(log.shard(), log.epoch()));
    for (StreamShard shard : open(store, lake, table, logs, leases)) {
      Watermarks.find(store, lake, shard, epochs.getOrDefault(shard, 0))
          .ifPresent(time -> notes.put(shard.shard(), time));
    }
    return notes;
  }

  private static List<StreamShard> open(
      ObjectStore store, Lake lake, TableName table, List<ShardStatus> logs, List<Lease> leases) {
    List<StreamShard> open = new ArrayList<>();
    Set<ShardId> known = new HashSet<>();
    for (ShardStatus log : logs) {
      known.add(log.shard().shard());
      if (log.shard().shard().ofStream() && log.state() == ShardStatus.State.OPEN) {
        open.add(log.shard());
      }
    }
    List<ShardId> withoutLog =
        leases.stream()
            .filter(lease -> !lease.ended() && !known.contains(lease.shard()))
            .map(Lease::shard)
            .toList();
    if (!withoutLog.isEmpty()) {
      newestStream(store, lake, table)
          .ifPresent(
              stream ->
                  withoutLog.forEach(shard -> open.add(new StreamShard(table, stream, shard))));
    }
    return open;
  }

  /** The leases do not tell of which stream they are; those that are held are of the newest. */
  static Optional<StreamLabel> newestStream(ObjectStore store, Lake lake, TableName table) {
    String prefix = lake.streams(table);
    try (Stream<StoredObject> notes = store.list(prefix, "")) {
      return notes
          .map(note -> note.key().value().substring(prefix.length()))
          .filter(name -> name.endsWith(JSON))
          .map(name -> new StreamLabel(name.substring(0, name.length() - JSON.length())))
          .reduce((earlier, later) -> later);
    }
  }
}
