package dev.afterbay.reconciliation.export;

import dev.afterbay.sinks.tostorage.ObjectKey;
import java.time.Instant;

/** How far DynamoDB is with an export. */
public sealed interface ExportStatus {
  /** Files are still written. */
  record InProgress() implements ExportStatus {}

  /**
   * All files stand in S3.
   *
   * @param manifest the key of its {@code manifest-summary.json}
   * @param exportTime what it shows: the moment of a full export, the end of an incremental one
   * @param items how many lines its files have
   * @param billedBytes what AWS charges for
   */
  record Completed(ObjectKey manifest, Instant exportTime, long items, long billedBytes)
      implements ExportStatus {}

  /**
   * There will be no such export.
   *
   * @param code DynamoDB's, such as {@code S3AccessDenied}
   * @param message DynamoDB's
   */
  record Failed(String code, String message) implements ExportStatus {
    /** What to do about it, as an end of a sentence. */
    public String wayOut(ExportPlace place) {
      if (code.contains("NoSuchBucket")) {
        return "create bucket '" + place.bucket() + "', or export to another one";
      }
      if (code.contains("AccessDenied")) {
        return "allow s3:PutObject, s3:PutObjectAcl and s3:AbortMultipartUpload on bucket '"
            + place.bucket()
            + "' to the role of this process";
      }
      return "the next run asks for another export";
    }
  }
}
