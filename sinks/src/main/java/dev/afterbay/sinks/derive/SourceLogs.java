package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
  private final Map<StreamShard, Set<SequenceNumber>> settled = new HashMap<>();

  SourceLogs(ObjectStore store, Lake lake, TableName table, String folder) {
    this.store = store;
    this.lake = lake;
    this.entries = new LogEntries(store, lake);
    this.table = table;
    this.folder = folder;
  }

  /** Refuses a table of which a log was taken back. */
  static void refuseIfTakenBack(ObjectStore store, Lake lake, TableName table) {
    try (Stream<StoredObject> objects = store.list(lake.commits(table), "")) {
      objects
          .flatMap(object -> lake.commitPlace(table, object.key()).stream())
          .forEach(SourceLogs::refuseIfTakenBack);
    }
  }

  /**
   * The positions after which the entries of each log stand, in order.
   *
   * @throws LakeException if one was taken back: which of its entries count is not told by their
   *     positions
   */
  Map<StreamShard, List<SequenceNumber>> list() {
    Map<StreamShard, List<SequenceNumber>> logs = new LinkedHashMap<>();
    try (Stream<StoredObject> objects = store.list(lake.commits(table), "")) {
      objects
          .flatMap(object -> lake.commitPlace(table, object.key()).stream())
          .filter(place -> !DeriveLog.is(place.shard().shard()))
          .peek(SourceLogs::refuseIfTakenBack)
          .forEach(
              place ->
                  logs.computeIfAbsent(place.shard(), shard -> new ArrayList<>())
                      .add(place.after()));
    }
    return logs;
  }

  private static void refuseIfTakenBack(Lake.CommitPlace place) {
    if (place.epoch() > 0) {
      throw new LakeException(
          "The log of "
              + place.shard()
              + " was taken back by 'afterbay replay', and typed tables cannot be made anew of such"
              + " a log; the table that there is stays as it is");
    }
  }

  /** The places of a log at which something may have to be derived, in order. */
  List<SequenceNumber> open(
      StreamShard source, List<SequenceNumber> places, SequenceNumber derived) {
    Set<SequenceNumber> known = settled.getOrDefault(source, Set.of());
    List<SequenceNumber> open = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      // An entry goes as far as the one after it begins.
      boolean isBehind = i + 1 < places.size() && !places.get(i + 1).isAfter(derived);
      if (!isBehind && !known.contains(places.get(i))) {
        open.add(places.get(i));
      }
    }
    return open;
  }

  /** The raw part of an entry; one that needs nothing, now or ever, is remembered as such. */
  RawPart read(StreamShard source, SequenceNumber after) {
    RawPart part = new RawPart(lake, entry(source, after));
    if (!part.isWrittenWithout(folder)) {
      settled.computeIfAbsent(source, shard -> new TreeSet<>()).add(after);
    }
    return part;
  }

  private Entry entry(StreamShard source, SequenceNumber after) {
    Observed<Entry> seen = entries.read(source, after);
    if (seen instanceof Observed.Present<Entry> present) {
      return present.value();
    }
    if (seen instanceof Observed.Unanswered<Entry> unanswered) {
      throw new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, unanswered.why());
    }
    throw new LakeException(
        "The log of " + source + " is damaged after " + after + ": " + seen + "; run fsck");
  }
}
