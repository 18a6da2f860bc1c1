package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
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

  /** The entry that starts after a position. */
  public Observed<Entry> read(StreamShard shard, SequenceNumber after) {
    Optional<byte[]> content;
    try {
      content = store.get(lake.commit(shard, after));
    } catch (ObjectStoreException e) {
      return new Observed.Unanswered<>(String.valueOf(e.getMessage()));
    }
    return content.map(bytes -> parse(shard, after, bytes)).orElseGet(Observed.Absent::new);
  }

  /** The objects that make up a log, in the order of their positions. */
  public Stream<StoredObject> list(StreamShard shard) {
    return store.list(lake.commits(shard), "");
  }

  PutAnswer put(Entry entry) {
    return store.putIfAbsent(lake.commit(entry.shard(), entry.after()), json.write(entry));
  }

  /** Puts the object that tells of the gap which an entry is. */
  PutAnswer note(Entry entry) {
    return store.putIfAbsent(noteOf(entry), GapJson.object(entry));
  }

  /** Where the object stands that tells of the gap which an entry is. */
  ObjectKey noteOf(Entry entry) {
    return lake.gap(entry.shard(), entry.after());
  }

  /** The last entry of a shard's log, if one stands at a position or later. */
  Observed<Entry> last(StreamShard shard, SequenceNumber from) {
    // The key of the position without its ending: the greatest text before the key itself.
    String startAfter = lake.commits(shard) + from.padded();
    Optional<CommitPlace> last;
    try (Stream<StoredObject> objects = store.list(lake.commits(shard), startAfter)) {
      last =
          objects
              .flatMap(object -> lake.commitPlace(shard.table(), object.key()).stream())
              .reduce((earlier, later) -> later);
    } catch (ObjectStoreException e) {
      return new Observed.Unanswered<>(String.valueOf(e.getMessage()));
    }
    return last.map(place -> read(shard, place.after())).orElseGet(Observed.Absent::new);
  }

  private Observed<Entry> parse(StreamShard shard, SequenceNumber after, byte[] bytes) {
    try {
      Entry entry = json.read(bytes);
      if (!entry.shard().equals(shard) || !entry.after().equals(after)) {
        return new Observed.Unreadable<>(
            "it stands for " + entry.shard() + " after " + entry.after());
      }
      return new Observed.Present<>(entry);
    } catch (UnreadableEntryException e) {
      return new Observed.Unreadable<>(String.valueOf(e.getMessage()));
    }
  }
}
