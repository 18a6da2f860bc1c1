package dev.afterbay.sinks.segment;

import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of files of the lake on this machine, fetched piece by piece. */
public final class LocalCopy {
  private static final int CHUNK = 8 << 20;

  private LocalCopy() {}

  /**
   * Copies a file.
   *
   * @param copy is created, or written over
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if the file is gone
   * @throws IOException if this machine's disk fails
   */
  public static Path of(ObjectStore store, StoredObject file, Path copy) throws IOException {
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (long at = 0; at < file.size(); at += CHUNK) {
        int length = (int) Math.min(CHUNK, file.size() - at);
        out.write(
            store
                .get(file.key(), at, length)
                .orElseThrow(
                    () ->
                        new LakeException(
                            "File '" + file.key() + "' of the lake is missing; run fsck")));
      }
    }
    return copy;
  }
}
