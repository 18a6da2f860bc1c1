package dev.afterbay.reconciliation.erase;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.PrunedFiles;
import dev.afterbay.reconciliation.compare.WorkFolder;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.toparquet.ParquetFooter;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks which files of a table hold rows of some keys, by their columns that tell of keys. */
final class Search {
  /** So many files are copied at once; what is copied of them is small. */
  private static final int FILES_AT_ONCE = 200;

  private final ObjectStore store;
  private final Lake lake;
  private final TableName table;
  private final ErasedKeys keys;
  private final Path scratch;

  Search(ObjectStore store, Lake lake, TableName table, ErasedKeys keys, Path scratch) {
    this.store = store;
    this.lake = lake;
    this.table = table;
    this.keys = keys;
    this.scratch = scratch;
  }

  /** Every data file of the table, whether a query sees it or not, and those set aside. */
  List<StoredObject> files() {
    List<StoredObject> files = new ArrayList<>();
    for (String prefix : List.of(lake.data(table), lake.rewound(table))) {
      try (Stream<StoredObject> objects = store.list(prefix, "")) {
        objects.filter(object -> object.key().value().endsWith(".parquet")).forEach(files::add);
      }
    }
    return files;
  }

  /**
   * Looks through files.
   *
   * @param found is given each file that has rows of the keys, and how many
   */
  void through(
      List<StoredObject> files, ErasureProgress progress, BiConsumer<StoredObject, Long> found) {
    for (int from = 0; from < files.size(); from += FILES_AT_ONCE) {
      List<StoredObject> some = files.subList(from, Math.min(from + FILES_AT_ONCE, files.size()));
      Map<StoredObject, Long> rows;
      try (WorkFolder folder = WorkFolder.in(scratch, "search-")) {
        rows = rows(some, folder.path());
      }
      rows.forEach(found);
      progress.searched(some.size());
    }
  }

  private Map<StoredObject, Long> rows(List<StoredObject> files, Path folder) {
    Map<StoredObject, Long> rows = new LinkedHashMap<>();
    List<PrunedFiles.Copy> copies =
        new PrunedFiles(store)
            .copyAsWanted(files, layout -> keys.columns(), folder.resolve("files"));
    try (Duck duck = Duck.inMemory(Duck.Limits.of(folder))) {
      for (PrunedFiles.Copy copy : copies) {
        Set<Long> numbers = keys.rowsIn(duck, copy.path(), columns(copy.layout()));
        if (!numbers.isEmpty()) {
          rows.put(copy.file(), (long) numbers.size());
        }
      }
    }
    return rows;
  }

  private static Set<String> columns(ParquetFooter.Layout layout) {
    return layout.chunks().stream().map(ParquetFooter.Chunk::column).collect(Collectors.toSet());
  }
}
