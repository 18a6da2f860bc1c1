package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How far a table's shards are committed, by the commit log alone.
 *
 * @param shards by stream, then by shard
 * @param problems logs whose last entry could not be read, each with its reason
 */
public record LogStatus(List<ShardStatus> shards, List<String> problems) {
  /** Copies the lists. */
  public LogStatus {
    shards = List.copyOf(shards);
    problems = List.copyOf(problems);
  }

  /**
   * Reads the last entry of every shard's log.
   *
   * @throws ObjectStoreException if the log cannot be listed
   */
  public static LogStatus read(ObjectStore store, Lake lake, TableName table) {
    return read(store, lake, table, lake.commits(table), "");
  }

  /**
   * Reads the last entry of the log of every shard of one stream whose name comes after another's.
   *
   * @param after a shard; names of newer shards come after those of older ones
   * @throws ObjectStoreException if the log cannot be listed
   */
  public static LogStatus readStream(
      ObjectStore store, Lake lake, TableName table, StreamLabel stream, Optional<ShardId> after) {
    // '~' comes after every character that stands in a key of a log.
    String startAfter =
        after.map(shard -> lake.commits(new StreamShard(table, stream, shard)) + "~").orElse("");
    return read(store, lake, table, lake.commits(table) + stream + "/", startAfter);
  }

  /**
   * Reads the last entry of the log of every shard of one stream from a shard on.
   *
   * @param first a shard; names of newer shards come after those of older ones
   * @throws ObjectStoreException if the log cannot be listed
   */
  public static LogStatus readStreamFrom(
      ObjectStore store, Lake lake, TableName table, StreamLabel stream, ShardId first) {
    return read(
        store,
        lake,
        table,
        lake.commits(table) + stream + "/",
        lake.commits(new StreamShard(table, stream, first)));
  }

  private static LogStatus read(
      ObjectStore store, Lake lake, TableName table, String prefix, String startAfter) {
    LogEntries entries = new LogEntries(store, lake);
    List<ShardStatus> shards = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (CommitPlace place : lastPlaces(store, lake, table, prefix, startAfter)) {
      Observed<Entry> last = entries.read(place);
      if (last instanceof Observed.Present<Entry> present) {
        shards.add(status(present.value()));
      } else if (last instanceof Observed.Unreadable<Entry> unreadable) {
        problems.add("The last entry of " + place.shard() + " is damaged: " + unreadable.why());
      } else if (last instanceof Observed.Unanswered<Entry> unanswered) {
        problems.add("The log of " + place.shard() + " cannot be read: " + unanswered.why());
      } else {
        problems.add("The last entry of " + place.shard() + " vanished while it was read");
      }
    }
    return new LogStatus(shards, problems);
  }

  private static List<CommitPlace> lastPlaces(
      ObjectStore store, Lake lake, TableName table, String prefix, String startAfter) {
    Map<StreamShard, CommitPlace> last =
        new TreeMap<>(Comparator.comparing(StreamShard::stream).thenComparing(StreamShard::shard));
    try (Stream<StoredObject> objects = store.list(prefix, startAfter)) {
      objects
          .flatMap(object -> lake.commitPlace(table, object.key()).stream())
          .forEach(place -> last.put(place.shard(), place));
    }
    return List.copyOf(last.values());
  }

  private static ShardStatus status(Entry last) {
    return new ShardStatus(
        last.shard(),
        last.parent(),
        last.nextEpoch(),
        last.ends() ? ShardStatus.State.ENDED : ShardStatus.State.OPEN,
        last.cursor().position(),
        last.totals().records(),
        last.totals().commits(),
        last.totals().from(),
        last.totals().tallies(),
        last.cursor().latest(),
        last.committedAt());
  }
}
