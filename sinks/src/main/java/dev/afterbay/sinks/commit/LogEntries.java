package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.util.Optional;
import java.util.stream.Stream;

/** The entries of the commit log, as the store holds them. */
public final class LogEntries {
  private final ObjectStore store;
  private final Lake lake;
  private final EntryJson json;

  /** The entries of a lake. */
  public LogEntries(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
    this.json = new EntryJson(lake);
  }

  /** The entry that starts after a position in a log that was never rewound. */
  public Observed<Entry> read(StreamShard shard, SequenceNumber after) {
    return read(new CommitPlace(shard, 0, after));
  }

  /** The entry that stands in a place. */
  public Observed<Entry> read(CommitPlace place) {
    Optional<byte[]> content;
    try {
      content = store.get(lake.commit(place));
    } catch (ObjectStoreException e) {
      return new Observed.Unanswered<>(String.valueOf(e.getMessage()));
    }
    return content.map(bytes -> parse(place, bytes)).orElseGet(Observed.Absent::new);
  }

  /** The objects that make up a log, in the order of their places. */
  public Stream<StoredObject> list(StreamShard shard) {
    return store.list(lake.commits(shard), "");
  }

  /** Where in a log an object stands; empty if its name is not that of an entry. */
  Optional<CommitPlace> placeOf(StreamShard shard, StoredObject object) {
    return lake.commitPlace(shard.table(), object.key());
  }

  PutAnswer put(Entry entry) {
    return store.putIfAbsent(lake.commit(entry.place()), json.write(entry));
  }

  /** Puts the object that tells of the gap or the rewind which an entry is. */
  PutAnswer note(Entry entry) {
    return store.putIfAbsent(
        noteOf(entry), entry.rewind().isPresent() ? RewindJson.note(entry) : GapJson.object(entry));
  }

  /** Where the object stands that tells of the gap or the rewind which an entry is. */
  ObjectKey noteOf(Entry entry) {
    return entry.rewind().isPresent()
        ? lake.rewind(entry.shard(), entry.nextEpoch())
        : lake.gap(entry.shard(), entry.after());
  }

  /** Whether a note tells of a committed file that it has this size by now. */
  boolean isKnown(StagedFile file, long size) {
    return !new LaterFiles(store, lake).rows(file, size).isEmpty();
  }

  /** Where a file is kept that a rewind sets aside. */
  ObjectKey asideOf(Entry rewind, ObjectKey file) {
    return lake.rewound(rewind.shard(), rewind.nextEpoch(), file);
  }

  /** The last entry of a shard's log, if one stands in a place or later. */
  Observed<Entry> last(CommitPlace from) {
    String prefix = lake.commits(from.shard());
    Optional<CommitPlace> last;
    try (Stream<StoredObject> objects = store.list(prefix, lake.beforeCommit(from))) {
      last =
          objects
              .flatMap(object -> lake.commitPlace(from.shard().table(), object.key()).stream())
              .reduce((earlier, later) -> later);
    } catch (ObjectStoreException e) {
      return new Observed.Unanswered<>(String.valueOf(e.getMessage()));
    }
    return last.map(this::read).orElseGet(Observed.Absent::new);
  }

  private Observed<Entry> parse(CommitPlace place, byte[] bytes) {
    try {
      Entry entry = json.read(bytes);
      if (!entry.place().equals(place)) {
        return new Observed.Unreadable<>(
            "it stands for " + entry.shard() + " after " + entry.after());
      }
      return new Observed.Present<>(entry);
    } catch (UnreadableEntryException e) {
      return new Observed.Unreadable<>(String.valueOf(e.getMessage()));
    }
  }
}
