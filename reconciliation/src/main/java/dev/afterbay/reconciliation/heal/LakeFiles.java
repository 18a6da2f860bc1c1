package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.LocalCopy;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The visible files of a table's raw changes, of which a few at a time are on this machine. */
final class LakeFiles {
  private static final long BATCH_BYTES = 256L << 20;
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd'/hh='HH").withZone(ZoneOffset.UTC);

  private final ObjectStore store;
  private final Path scratch;

  LakeFiles(ObjectStore store, Path scratch) {
    this.store = store;
    this.scratch = scratch;
  }

  /**
   * The files of the hours from one moment's to another's.
   *
   * @param before the hour of this moment is the first that is left out
   */
  List<StoredObject> hours(Lake lake, TableName table, Instant from, Instant before) {
    String changes = lake.data(table) + LakeTable.CHANGES + "/";
    String end = changes + HOUR.format(before);
    // Without closing slash it comes before all keys of its hour.
    String start = from.equals(Instant.MIN) ? "" : changes + HOUR.format(from);
    try (Stream<StoredObject> objects = store.list(changes, start)) {
      return objects
          .takeWhile(object -> object.key().value().compareTo(end) < 0)
          .filter(object -> object.key().value().endsWith(".parquet"))
          .toList();
    }
  }

  /** Hands out local copies of files, a batch at a time, and deletes them again. */
  void inBatches(List<StoredObject> files, Consumer<List<Path>> action) {
    List<Path> here = new ArrayList<>();
    long bytes = 0;
    try {
      for (StoredObject file : files) {
        here.add(fetch(file, "lake-" + here.size()));
        bytes += file.size();
        if (bytes >= BATCH_BYTES) {
          action.accept(here);
          here.clear();
          bytes = 0;
        }
      }
      if (!here.isEmpty()) {
        action.accept(here);
      }
    } finally {
      for (Path file : here) {
        delete(file);
      }
    }
  }

  /** The keys of the rows of some files, as a question that can be asked until the next call. */
  String keysOf(List<StoredObject> files, KeyColumns keys) {
    List<Path> here = new ArrayList<>();
    for (StoredObject file : files) {
      here.add(fetch(file, "healed-" + here.size()));
    }
    return "SELECT "
        + keys.sql(0)
        + ", "
        + keys.sql(1)
        + " FROM read_parquet("
        + Duck.files(here)
        + ", hive_partitioning = false)";
  }

  private Path fetch(StoredObject file, String name) {
    try {
      return LocalCopy.of(store, file, scratch.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
