package dev.afterbay.sinks.check;

import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table's commit log as it stood at one moment: every object in it, read. */
final class TableLog {
  private final Map<ObjectKey, Optional<Entry>> read = new LinkedHashMap<>();
  private final Map<StreamShard, List<Entry>> logs = new LinkedHashMap<>();
  private final Map<StreamShard, List<Entry>> shards = new LinkedHashMap<>();
  private final Map<StreamShard, List<CommitPlace>> unreadable = new HashMap<>();
  private final Set<CommitPlace> live = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  /** Reads a table's log; what an earlier reading holds is not read again. */
  static TableLog read(ObjectStore store, Lake lake, TableName table, @Nullable TableLog earlier) {
    TableLog log = new TableLog();
    LogEntries entries = new LogEntries(store, lake);
    try (Stream<StoredObject> objects = store.list(lake.commits(table), "")) {
      objects.forEach(
          object -> {
            Optional<CommitPlace> place = lake.commitPlace(table, object.key());
            if (place.isEmpty()) {
              log.findings.add(
                  new Finding(
                      Damage.UNREADABLE_ENTRY, object.key(), "its name is not that of an entry"));
            } else if (earlier != null && earlier.read.containsKey(object.key())) {
              log.add(object.key(), place.get(), earlier.read.get(object.key()));
            } else {
              log.add(object.key(), place.get(), log.entry(entries, object.key(), place.get()));
            }
          });
    }
    log.logs.forEach(
        (shard, all) -> {
          List<Entry> live = ShardHistory.live(all);
          if (!live.isEmpty()) {
            log.shards.put(shard, live);
            live.forEach(entry -> log.live.add(entry.place()));
          }
        });
    return log;
  }

  /** All readable entries of each shard, those that were taken back and rewinds too, by place. */
  Map<StreamShard, List<Entry>> logs() {
    return logs;
  }

  /** Whether an entry counts: it is readable, and was not taken back. */
  boolean isLive(Entry entry) {
    return live.contains(entry.place());
  }

  /** The readable entries that count of each shard that has any, by position. */
  Map<StreamShard, List<Entry>> shards() {
    return shards;
  }

  /** Whether an object stands in the log after a position that could not be read. */
  boolean isUnreadable(CommitPlace place) {
    return unreadable.getOrDefault(place.shard(), List.of()).contains(place);
  }

  /** How many objects count, readable or not. */
  long size() {
    return shards.values().stream().mapToLong(List::size).sum()
        + unreadable.values().stream().mapToLong(List::size).sum();
  }

  List<Finding> findings() {
    return findings;
  }

  private Optional<Entry> entry(LogEntries entries, ObjectKey key, CommitPlace place) {
    Observed<Entry> seen = entries.read(place);
    if (seen instanceof Observed.Present<Entry> present) {
      return Optional.of(present.value());
    }
    if (seen instanceof Observed.Unanswered<Entry> unanswered) {
      throw new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, unanswered.why());
    }
    String why = seen instanceof Observed.Unreadable<Entry> garbage ? garbage.why() : "it vanished";
    findings.add(new Finding(Damage.UNREADABLE_ENTRY, key, why));
    return Optional.empty();
  }

  private void add(ObjectKey key, CommitPlace place, Optional<Entry> entry) {
    read.put(key, entry);
    if (entry.isPresent()) {
      logs.computeIfAbsent(place.shard(), shard -> new ArrayList<>()).add(entry.get());
    } else {
      unreadable.computeIfAbsent(place.shard(), shard -> new ArrayList<>()).add(place);
    }
  }
}
