package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * Committed files as they stand now: their size may be another than was committed, as {@link
 * LaterFiles} says.
 */
public final class VisibleFiles {
  private VisibleFiles() {}

  /**
   * Files of which all can be seen.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if one is missing
   */
  public static List<StoredObject> of(ObjectStore store, Stream<StagedFile> files) {
    return files.map(file -> of(store, file)).toList();
  }

  /**
   * One that can be seen.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if it is missing
   */
  public static StoredObject of(ObjectStore store, StagedFile file) {
    return store
        .head(file.key())
        .orElseThrow(
            () -> new LakeException("File '" + file.key() + "' of the lake is missing; run fsck"));
  }
}
