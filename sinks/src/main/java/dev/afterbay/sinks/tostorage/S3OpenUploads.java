package dev.afterbay.sinks.tostorage;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** The uploads of one bucket of S3. */
public final class S3OpenUploads implements OpenUploads {
  private final S3Client s3;
  private final String bucket;
  private final S3Failures failures;

  /** For one bucket. */
  public S3OpenUploads(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    this.failures = new S3Failures(bucket);
  }

  @Override
  public List<OpenUpload> list(String prefix) {
    try {
      return s3
          .listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(prefix))
          .uploads()
          .stream()
          .map(
              upload ->
                  new OpenUpload(
                      new ObjectKey(upload.key()),
                      new UploadId(upload.uploadId()),
                      upload.initiated()))
          .toList();
    } catch (SdkException e) {
      throw failures.translate("list the uploads of", prefix, e);
    }
  }
}
