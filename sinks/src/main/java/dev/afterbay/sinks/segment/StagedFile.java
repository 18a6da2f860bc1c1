package dev.afterbay.sinks.segment;

import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.StagedUpload;

/**
 * A data file whose bytes are in the store, but which nobody sees before its upload is completed.
 *
 * @param upload that holds it
 * @param rows in the file
 */
public record StagedFile(StagedUpload upload, long rows) {
  /** Where the file will stand. */
  public ObjectKey key() {
    return upload.key();
  }

  /** The file's size in bytes. */
  public long size() {
    return upload.size();
  }
}
