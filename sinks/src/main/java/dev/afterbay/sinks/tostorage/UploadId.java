package dev.afterbay.sinks.tostorage;

/**
 * The store's name for one multipart upload.
 *
 * @param value not empty; its form is the store's own
 */
public record UploadId(String value) {
  /** Checks that there is one. */
  public UploadId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("An upload id cannot be empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
