package dev.afterbay.sinks.tostorage;

import software.amazon.awssdk.services.s3.S3Client;

/** Removes objects of one bucket of S3. */
public final class S3ObjectRemover implements ObjectRemover {
  private final S3Client s3;
  private final String bucket;
  private final S3Failures failures;

  /** For one bucket. */
  public S3ObjectRemover(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    this.failures = new S3Failures(bucket);
  }

  @Override
  public void remove(ObjectKey key) {
    failures.translating(
        "delete",
        key.value(),
        () -> s3.deleteObject(delete -> delete.bucket(bucket).key(key.value())));
  }
}
