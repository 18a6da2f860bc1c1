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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that tell the state of a table at a moment: its changes, or a complete snapshot before
 * the moment and the changes since.
 *
 * @param table the source table
 * @param moment of which they tell
 * @param changes files of changes
 * @param base the moment of the snapshot; empty if the state starts with the first change
 * @param snapshot files of the snapshot
 * @param lakeBytes of all data files of the table, those that are not read too
 */
public record LakeSide(
    TableName table,
    Instant moment,
    List<StoredObject> changes,
    Optional<Instant> base,
    List<StoredObject> snapshot,
    long lakeBytes) {
  /** A change may be in the stream with an earlier time than that of an export that lacks it. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  private static final Pattern DAY = Pattern.compile("/dt=([0-9]{4}-[0-9]{2}-[0-9]{2})/");

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
    String data = lake.data(table);
    String changes = data + LakeTable.CHANGES + "/";
    LakeSide all =
        new LakeSide(
            table,
            moment,
            files(store, changes),
            base.map(CompleteSnapshot::exportedAt),
            base.map(
                    snapshot ->
                        files(
                            store,
                            data + LakeTable.SNAPSHOTS + "/snapshot=" + snapshot.name() + "/"))
                .orElse(List.of()),
            files(store, data).stream().mapToLong(StoredObject::size).sum());
    return all.with(
        all.changes.stream()
            .filter(file -> all.isWithin(file.key().value().substring(changes.length())))
            .toList());
  }

  /** Changes before it do not count; empty if all do. */
  public Optional<Instant> since() {
    return base.map(exportedAt -> exportedAt.minus(OVERLAP));
  }

  /** Changes after it do not count. */
  public Instant until() {
    return moment.plus(Comparison.UNSURE);
  }

  /** The first day of which changes count; empty if there are none. */
  Optional<LocalDate> firstDay() {
    return changes.stream()
        .flatMap(file -> DAY.matcher(file.key().value()).results())
        .map(found -> LocalDate.parse(found.group(1)))
        .min(Comparator.naturalOrder());
  }

  /** The same without some files. */
  public LakeSide without(Set<ObjectKey> some) {
    return with(changes.stream().filter(file -> !some.contains(file.key())).toList());
  }

  private LakeSide with(List<StoredObject> files) {
    return new LakeSide(table, moment, files, base, snapshot, lakeBytes);
  }

  private static List<StoredObject> files(ObjectStore store, String prefix) {
    try (Stream<StoredObject> objects = store.list(prefix, "")) {
      return objects.filter(object -> object.key().value().endsWith(".parquet")).toList();
    }
  }

  private boolean isWithin(String path) {
    Matcher named = DAY.matcher("/" + path);
    if (!named.lookingAt()) {
      return true;
    }
    LocalDate day = LocalDate.parse(named.group(1));
    return !day.isAfter(day(until()))
        && since().filter(first -> day.isBefore(day(first))).isEmpty();
  }

  /** The day of a time, as partitions are named. */
  static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
