package dev.afterbay.reconciliation.erase;

import dev.afterbay.reconciliation.compare.WorkFolder;
import dev.afterbay.sinks.erasures.ErasedFile;
import dev.afterbay.sinks.erasures.ErasedFiles;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.LocalCopy;
import dev.afterbay.sinks.tostorage.Erasing;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every version of some items erased from the lake of a table.
 *
 * <p>For each file that holds rows of them, and from the beginning if it was killed:
 *
 * <ol>
 *   <li>It is written anew on this machine without these rows, read again, and held against what
 *       was there.
 *   <li>A note says what the file is going to be. From here on whoever checks it or opens its log
 *       takes the one and the other for whole.
 *   <li>The new file is put over the old one, in one request, and only if that is still what was
 *       read: a reader sees the one or the other, and no row twice or not at all.
 * </ol>
 *
 * <p>Then goes what is deleted whole, and what the bucket keeps of what was replaced and deleted,
 * by this run or by one that was killed.
 */
public final class Erasure {
  private final ObjectStore store;
  private final Erasing erasing;
  private final Lake lake;
  private final TableName table;
  private final ErasedKeys keys;
  private final OwnExports exports;
  private final Path scratch;
  private final Search search;

  /**
   * The erasure of keys; nothing is read yet.
   *
   * @param exports of which those of the table are deleted whole
   * @param scratch a folder of this process
   */
  public Erasure(
      ObjectStore store,
      Erasing erasing,
      Lake lake,
      TableName table,
      ErasedKeys keys,
      OwnExports exports,
      Path scratch) {
    this.store = store;
    this.erasing = erasing;
    this.lake = lake;
    this.table = table;
    this.keys = keys;
    this.exports = exports;
    this.scratch = scratch;
    this.search = new Search(store, lake, table, keys, scratch);
  }

  /**
   * Who erases.
   *
   * @param name of the erasure, used by no other
   * @param at when
   * @param by whom
   */
  public record Order(String name, Instant at, String by) {}

  /** What would be erased. */
  public Erased plan(ErasureProgress progress) {
    Tally tally = new Tally();
    List<StoredObject> files = search.files();
    progress.searching(files.size());
    search.through(files, progress, (file, rows) -> tally.add(file.key(), rows));
    return tally.erased("", comparisons().size() + exports.objects(table).size(), 0, 0);
  }

  /**
   * Erases, and looks again at what was changed or came meanwhile.
   *
   * @throws LakeException if a file cannot be rewritten: it stays as it was
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer, or a
   *     file was changed meanwhile
   */
  public Erased run(Order order, ErasureProgress progress) {
    Tally tally = new Tally();
    List<StoredObject> files = search.files();
    progress.searching(files.size());
    search.through(files, progress, (file, rows) -> rewrite(order, file, tally, progress));
    long deleted = 0;
    long versions = erasing.forget(lake.data(table)) + erasing.forget(lake.rewound(table));
    for (ObjectKey key : comparisons()) {
      versions += erasing.delete(key);
      deleted++;
    }
    for (ObjectKey key : exports.objects(table)) {
      versions += exports.erasing().delete(key);
      deleted++;
    }
    Erased erased = tally.erased(order.name(), deleted, versions, left(files, tally, progress));
    new ErasureRecords(store, lake).put(order, erased);
    return erased;
  }

  /** What nobody has changed has no such rows: it was searched. */
  private long left(List<StoredObject> searched, Tally tally, ErasureProgress progress) {
    Set<StoredObject> before = new HashSet<>(searched);
    List<StoredObject> files =
        search.files().stream()
            .filter(file -> !before.contains(file) || tally.rewritten.contains(file.key()))
            .toList();
    long[] left = {0};
    progress.searching(files.size());
    search.through(files, progress, (file, rows) -> left[0] += rows);
    return left[0];
  }

  /** What comparisons have left: keys that nobody needs any more. */
  private List<ObjectKey> comparisons() {
    try (Stream<StoredObject> objects = store.list(lake.comparisons(table), "")) {
      return objects.map(StoredObject::key).toList();
    }
  }

  private void rewrite(Order order, StoredObject file, Tally tally, ErasureProgress progress) {
    ObjectKey key = file.key();
    try (WorkFolder folder = WorkFolder.in(scratch, "erase-")) {
      String tag = erasing.tagOf(key).orElseThrow(() -> new LakeException("it is gone"));
      RewrittenFile.of(
              LocalCopy.of(store, file, folder.path().resolve("file.parquet")), keys, folder.path())
          .ifPresent(
              rewritten -> {
                byte[] content = rewritten.content();
                new ErasedFiles(store, lake)
                    .note(
                        key,
                        order.name(),
                        new ErasedFile(content.length, rewritten.rows(), rewritten.dropped()));
                erasing.replace(key, tag, content);
                tally.add(key, rewritten.dropped());
                progress.rewrote(lake.pathOf(key), rewritten.dropped());
              });
    } catch (IOException | LakeException e) {
      throw new LakeException(
          "File '"
              + key
              + "' cannot be rewritten ("
              + e.getMessage()
              + ") and stays as it was; run fsck, then repeat the erasure",
          e);
    }
  }

  /** What was found, or erased. */
  private final class Tally {
    private final Map<String, Long> rows = new TreeMap<>();
    private final Set<ObjectKey> rewritten = new HashSet<>();

    void add(ObjectKey file, long erased) {
      rows.merge(folder(lake.pathOf(file)), erased, Long::sum);
      rewritten.add(file);
    }

    /** The folder below that of the source table, or below the hidden one. */
    private String folder(String path) {
      String own = table.folder() + "/";
      return path.startsWith(own)
          ? path.substring(own.length()).replaceFirst("/.*", "")
          : path.replaceFirst("^([^/]*/[^/]*)/.*", "$1");
    }

    Erased erased(String name, long deleted, long versions, long left) {
      return new Erased(table, name, keys.count(), rows, rewritten.size(), deleted, versions, left);
    }
  }
}
