package dev.afterbay.sinks.tostorage;

/** Whether a multipart upload still waits to be completed. */
public enum UploadState {
  /** Its parts are in the store: at least one. */
  STAGED,
  /** It was completed or aborted, or never existed. */
  GONE
}
