package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The logs of a table that generations are derived from, looked at for one generation. What was
 * found once to need no derivation is not read again.
 */
final class SourceLogs {
  private final ObjectStore store;
  private final Lake lake;
  private final LogEntries entries;
  private final TableName table;
  private final String folder;
  private final Set<CommitPlace> settled = new HashSet<>();
  private final Set<CommitPlace> ofCommits = new HashSet<>();

  SourceLogs(ObjectStore store, Lake lake, TableName table, String folder) {
    this.store = store;
    this.lake = lake;
    this.entries = new LogEntries(store, lake);
    this.table = table;
    this.folder = folder;
  }

  /**
   * The places of the entries of each log that count, in order.
   *
   * @throws LakeException if a log of which something was taken back cannot be read
   */
  Map<StreamShard, List<CommitPlace>> list() {
    Map<StreamShard, List<CommitPlace>> logs = new LinkedHashMap<>();
    try (Stream<StoredObject> objects = store.list(lake.commits(table), "")) {
      objects
          .flatMap(object -> lake.commitPlace(table, object.key()).stream())
          .filter(place -> !DeriveLog.is(place.shard().shard()))
          .forEach(
              place -> logs.computeIfAbsent(place.shard(), shard -> new ArrayList<>()).add(place));
    }
    logs.replaceAll((shard, places) -> wasTakenBack(places) ? live(shard) : places);
    return logs;
  }

  /** A rewind is named as any other entry; only those behind it are of a later epoch. */
  private boolean wasTakenBack(List<CommitPlace> places) {
    CommitPlace last = places.get(places.size() - 1);
    if (last.epoch() > 0) {
      return true;
    }
    if (!ofCommits.contains(last)) {
      if (entry(last).rewind().isPresent()) {
        return true;
      }
      ofCommits.add(last);
    }
    return false;
  }

  private List<CommitPlace> live(StreamShard shard) {
    return ShardHistory.read(entries, shard).live().stream().map(Entry::place).toList();
  }

  /** The places of a log at which something may have to be derived, in order. */
  List<CommitPlace> open(List<CommitPlace> places, SequenceNumber derived) {
    List<CommitPlace> open = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      // An entry goes as far as the one after it begins.
      boolean isBehind = i + 1 < places.size() && !places.get(i + 1).after().isAfter(derived);
      if (!isBehind && !settled.contains(places.get(i))) {
        open.add(places.get(i));
      }
    }
    return open;
  }

  /** The raw part of an entry; one that needs nothing, now or ever, is remembered as such. */
  RawPart read(CommitPlace place) {
    RawPart part = new RawPart(lake, entry(place));
    if (!part.isWrittenWithout(folder)) {
      settled.add(place);
    }
    return part;
  }

  private Entry entry(CommitPlace place) {
    Observed<Entry> seen = entries.read(place);
    if (seen instanceof Observed.Present<Entry> present) {
      return present.value();
    }
    if (seen instanceof Observed.Unanswered<Entry> unanswered) {
      throw new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, unanswered.why());
    }
    throw new LakeException(
        "The log of "
            + place.shard()
            + " is damaged after "
            + place.after()
            + ": "
            + seen
            + "; run fsck");
  }
}
