package dev.afterbay.sinks.tostorage;

import java.util.List;

/**
 * A multipart upload whose parts are all in the store and which nobody sees before it is completed.
 *
 * @param key where the object will stand
 * @param upload the upload
 * @param parts in the order of their numbers
 */
public record StagedUpload(ObjectKey key, UploadId upload, List<UploadedPart> parts) {
  /** Copies the list. */
  public StagedUpload {
    parts = List.copyOf(parts);
  }

  /** The size of the object to come, in bytes. */
  public long size() {
    return parts.stream().mapToLong(UploadedPart::size).sum();
  }
}
