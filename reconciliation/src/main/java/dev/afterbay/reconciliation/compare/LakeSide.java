package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.snapshots.CompleteSnapshot;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that tell the state of a table at a moment: its changes, or a complete snapshot before
 * the moment and the changes since.
 *
 * @param changes files of changes
 * @param since changes before it do not count; empty if all do
 * @param until changes after it do not count
 * @param snapshot files of the snapshot; none if the state starts with the first change
 * @param lakeBytes of all data files of the table, those that are not read too
 */
public record LakeSide(
    List<StoredObject> changes,
    Optional<Instant> since,
    Instant until,
    List<StoredObject> snapshot,
    long lakeBytes) {
  /** A change may be in the stream with an earlier time than that of an export that lacks it. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  /** Copies the lists. */
  public LakeSide {
    changes = List.copyOf(changes);
    snapshot = List.copyOf(snapshot);
  }

  /**
   * What is visible of a table now, as far as it tells of a moment.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   */
  public static LakeSide of(ObjectStore store, Lake lake, TableName table, Instant moment) {
    SnapshotNotes notes = new SnapshotNotes(store, lake);
    Optional<CompleteSnapshot> base =
        notes.moments(table).stream()
            .filter(taken -> !taken.isAfter(moment))
            .reduce((earlier, later) -> later)
            .flatMap(taken -> notes.find(table, taken));
    Optional<Instant> since = base.map(snapshot -> snapshot.exportedAt().minus(OVERLAP));
    Instant until = moment.plus(Comparison.UNSURE);
    String data = lake.data(table);
    String changes = data + LakeTable.CHANGES + "/";
    return new LakeSide(
        files(store, changes).stream()
            .filter(file -> isWithin(file.key().value().substring(changes.length()), since, until))
            .toList(),
        since,
        until,
        base.map(
                snapshot ->
                    files(store, data + LakeTable.SNAPSHOTS + "/snapshot=" + snapshot.name() + "/"))
            .orElse(List.of()),
        files(store, data).stream().mapToLong(StoredObject::size).sum());
  }

  /** The same without some files. */
  public LakeSide without(Set<ObjectKey> some) {
    return new LakeSide(
        changes.stream().filter(file -> !some.contains(file.key())).toList(),
        since,
        until,
        snapshot,
        lakeBytes);
  }

  private static List<StoredObject> files(ObjectStore store, String prefix) {
    try (Stream<StoredObject> objects = store.list(prefix, "")) {
      return objects.filter(object -> object.key().value().endsWith(".parquet")).toList();
    }
  }

  private static boolean isWithin(String path, Optional<Instant> since, Instant until) {
    if (!path.matches("dt=[0-9]{4}-[0-9]{2}-[0-9]{2}/.*")) {
      return true;
    }
    LocalDate day = LocalDate.parse(path.substring(3, 13));
    return !day.isAfter(day(until)) && since.filter(first -> day.isBefore(day(first))).isEmpty();
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
