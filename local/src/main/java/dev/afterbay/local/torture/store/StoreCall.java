package dev.afterbay.local.torture.store;

import org.jspecify.annotations.Nullable;

/** What a request asks of S3, as far as faults care. */
enum StoreCall {
  /** Creates an object if there is none. */
  PUT_IF_ABSENT,
  /** Makes an upload visible. */
  COMPLETE_UPLOAD,
  /** Changes something else: begins an upload, adds a part, drops one. */
  OTHER_WRITE,
  /** Changes nothing. */
  READ;

  static StoreCall of(String method, @Nullable String query, boolean ifNoneMatch) {
    return switch (method) {
      case "PUT" -> ifNoneMatch ? PUT_IF_ABSENT : OTHER_WRITE;
      case "POST" -> query != null && query.contains("uploadId=") ? COMPLETE_UPLOAD : OTHER_WRITE;
      case "DELETE" -> OTHER_WRITE;
      default -> READ;
    };
  }
}
