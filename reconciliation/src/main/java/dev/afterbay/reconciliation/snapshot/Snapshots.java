package dev.afterbay.reconciliation.snapshot;

import dev.afterbay.reconciliation.export.CompletedExport;
import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.LineVisitor;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.reconciliation.snapshot.FileIntoLake.SnapshotRoll;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.snapshots.CompleteSnapshot;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Takes snapshots of a source table: has it exported, and brings the items into the lake.
 *
 * <p>Any number of processes may take the same one, at once or one after the other:
 *
 * <ol>
 *   <li>If the note of the snapshot stands, nothing is left to do.
 *   <li>The export is found or made, and every file of the slice that is not in the lake yet is
 *       verified. Up to here the lake is as it was.
 *   <li>It is noted which export the snapshot is made of; the first one noted is the only one.
 *   <li>Each file of the slice goes through its own log, which ends with the file.
 *   <li>If all logs have ended, and so all their files are visible, the note is put.
 * </ol>
 */
public final class Snapshots {
  /** As many items as tell what columns there are. */
  private static final int REHEARSED = 10_000;

  private static final int LEAST_FILES = 4;
  private static final long LEAST_ROW_GROUP = 1L << 20;
  private static final RollPolicy ROLL = new RollPolicy(Duration.ofDays(365), 128L << 20, 500_000);

  private final ObjectStore store;
  private final Lake lake;
  private final Path scratch;
  private final InstantSource clock;
  private final ExportClient exports;
  private final ExportReader reader;
  private final SnapshotNotes notes;
  private final SnapshotRoll roll;

  /** The rest of a file is not wanted. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super("the rest is not wanted", null, false, false);
    }
  }

  /**
   * Snapshots of a lake.
   *
   * @param scratch the folder for segments that do not stay in memory
   * @param exports who has exports made
   * @param reader of the bucket to which they are made
   * @param memory how much of the heap open segments may take, in bytes
   */
  public Snapshots(
      ObjectStore store,
      Lake lake,
      Path scratch,
      InstantSource clock,
      ExportClient exports,
      ExportReader reader,
      long memory) {
    this(store, lake, scratch, clock, exports, reader, new SnapshotRoll(ROLL, memory));
  }

  Snapshots(
      ObjectStore store,
      Lake lake,
      Path scratch,
      InstantSource clock,
      ExportClient exports,
      ExportReader reader,
      SnapshotRoll roll) {
    this.store = store;
    this.lake = lake;
    this.scratch = scratch;
    this.clock = clock;
    this.exports = exports;
    this.reader = reader;
    this.notes = new SnapshotNotes(store, lake);
    this.roll = roll;
  }

  /**
   * Brings one slice of a snapshot into the lake.
   *
   * @param request a full export
   * @param tables that the items go to; asked when the export is known to be sound
   * @param keys of the source table, the partition key first
   * @throws dev.afterbay.reconciliation.export.ExportException if the export cannot be had or is
   *     damaged
   * @throws LakeException if the lake is not as it must be
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if a store gives no answer
   * @throws InterruptedException while the export is made, which goes on
   */
  public Taken take(
      ExportRequest request,
      Supplier<TypedTables> tables,
      List<KeyAttribute> keys,
      Slice slice,
      SnapshotProgress progress)
      throws InterruptedException {
    if (!(request.window() instanceof Window.Full full)) {
      throw new IllegalArgumentException("A snapshot is made of a full export, not of " + request);
    }
    Optional<CompleteSnapshot> known = notes.find(request.table(), full.at());
    if (known.isPresent()) {
      int files = FileLogs.count(store, lake, request.table(), full.at());
      return new Taken.Already(known.get(), files);
    }
    CompletedExport export = exports.fetch(request, progress);
    refuseAnother(export, full.at(), notes.begun(request.table(), full.at()));

    FileLogs looking = new FileLogs(commitLog(1), request.table(), full.at());
    List<Integer> own = slice.filesOf(export.files().size());
    List<Integer> open = verified(export, looking, own, progress);

    String noted = notes.begin(request.table(), full.at(), export.exportArn());
    refuseAnother(export, full.at(), Optional.of(noted));
    TypedTables into = tables.get();
    RowMaker rows = into.snapshotRows();
    FileLogs logs = new FileLogs(commitLog(rows.tables()), request.table(), full.at());
    progress.expect(itemsOf(export, own));
    progress.brought(itemsOf(export, own) - itemsOf(export, open));
    bringIn(export, new ExportedItems(export, keys, rows), logs, open, progress);
    return settle(export, full.at(), into.entities(), logs, slice, own);
  }

  private void refuseAnother(CompletedExport export, Instant at, Optional<String> noted) {
    noted
        .filter(other -> !other.equals(export.exportArn()))
        .ifPresent(
            other -> {
              throw new LakeException(
                  "The snapshot of table '"
                      + export.request().table()
                      + "' at "
                      + at
                      + " was begun with export "
                      + other
                      + ", and cannot go on with export "
                      + export.exportArn()
                      + ", whose items may be in another order; take a snapshot of another moment");
            });
  }

  private CommitLog commitLog(int tables) {
    long fair = roll.memory() / Math.max(LEAST_FILES, tables);
    long rowGroup = Math.max(LEAST_ROW_GROUP, Math.min(ParquetFile.LARGEST_ROW_GROUP, fair));
    return new CommitLog(store, lake, new Workspace(scratch, () -> rowGroup), clock);
  }

  /** The files that are still to be brought in, none of which is damaged. */
  private List<Integer> verified(
      CompletedExport export, FileLogs logs, List<Integer> own, SnapshotProgress progress) {
    List<Integer> open =
        own.stream().filter(number -> !logs.open(number, fileOf(export, number)).ended()).toList();
    int count = 0;
    for (int number : open) {
      DataFile file = fileOf(export, number);
      long bytes = reader.verify(file);
      count++;
      progress.read(file, count, open.size(), bytes);
    }
    return open;
  }

  private void bringIn(
      CompletedExport export,
      ExportedItems items,
      FileLogs logs,
      List<Integer> open,
      SnapshotProgress progress) {
    boolean rehearsed = false;
    for (int number : open) {
      DataFile file = fileOf(export, number);
      if (!rehearsed && file.items() > 0) {
        rehearse(file, items, logs.nameOf(number));
        rehearsed = true;
      }
      new FileIntoLake(reader, file, items, roll, clock, progress).run(logs.open(number, file));
    }
  }

  /** What columns there are is better known before the first row than after the first segment. */
  private void rehearse(DataFile file, ExportedItems items, StreamShard name) {
    int[] left = {REHEARSED};
    try {
      reader.read(
          file,
          LineVisitor.items(
              item -> {
                items.rehearse(name, item);
                if (--left[0] == 0) {
                  throw new Enough();
                }
              }));
    } catch (Enough e) {
      return;
    }
  }

  private Taken settle(
      CompletedExport export,
      Instant at,
      Set<String> entities,
      FileLogs logs,
      Slice slice,
      List<Integer> own) {
    TreeSet<Integer> others = new TreeSet<>();
    for (int number = 1; number <= export.files().size(); number++) {
      // Opening it makes visible what a process that died had only committed.
      if (!own.contains(number) && !logs.open(number, fileOf(export, number)).ended()) {
        others.add(slice.sliceOf(number));
      }
    }
    if (!others.isEmpty()) {
      return new Taken.Partly(
          export.exportArn(), slice, itemsOf(export, own), own.size(), new ArrayList<>(others));
    }
    CompleteSnapshot snapshot =
        new CompleteSnapshot(
            export.request().table(), at, export.exportArn(), export.items(), entities);
    notes.complete(snapshot);
    return new Taken.Complete(snapshot, export.files().size());
  }

  /** The snapshot that was begun and is not complete, if one is newer than all that are. */
  public Optional<Instant> unfinished(TableName table) {
    return notes.unfinished(table);
  }

  private static long itemsOf(CompletedExport export, Iterable<Integer> numbers) {
    long items = 0;
    for (int number : numbers) {
      items += fileOf(export, number).items();
    }
    return items;
  }

  private static DataFile fileOf(CompletedExport export, int number) {
    return export.files().get(number - 1);
  }
}
