package dev.afterbay.sinks.tostorage;

import java.time.Instant;
import java.util.List;

/** Tells which multipart uploads of a bucket were begun and are neither completed nor dropped. */
@FunctionalInterface
public interface OpenUploads {
  /**
   * An upload that waits.
   *
   * @param key where its object would stand
   * @param begun by the store's clock
   */
  record OpenUpload(ObjectKey key, UploadId upload, Instant begun) {}

  /**
   * All uploads whose keys start with a prefix, in the order of their keys.
   *
   * @throws ObjectStoreException if the store refuses or gives no answer
   */
  List<OpenUpload> list(String prefix);
}
