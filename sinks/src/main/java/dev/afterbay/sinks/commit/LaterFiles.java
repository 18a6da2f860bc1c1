package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.erasures.ErasedFile;
import dev.afterbay.sinks.erasures.ErasedFiles;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.util.HashSet;
import java.util.Set;

/**
 * What committed files may be by now beside what was committed: they were made once more, or rows
 * of them were erased. Notes say so, which are put before the files are changed.
 */
public final class LaterFiles {
  private final ObjectStore store;
  private final Lake lake;

  /** The files of a lake. */
  public LaterFiles(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  /**
   * How many rows a file may have that has a size; empty if it may not have that size.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   */
  public Set<Long> rows(StagedFile file, long size) {
    Set<Long> rows = new HashSet<>();
    if (size == file.size() || RemadeFiles.size(store, lake, file.key()).orElse(-1) == size) {
      rows.add(file.rows());
    }
    for (ErasedFile erased : new ErasedFiles(store, lake).of(file.key())) {
      if (erased.size() == size) {
        rows.add(erased.rows());
      }
    }
    return rows;
  }
}
