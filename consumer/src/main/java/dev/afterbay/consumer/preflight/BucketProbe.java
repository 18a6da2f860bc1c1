package dev.afterbay.consumer.preflight;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Whether the lake's bucket is there. */
public final class BucketProbe {
  private final AfterbayConfig config;
  private final S3Client s3;

  /** Asks for the bucket of a configuration. */
  public BucketProbe(AfterbayConfig config, S3Client s3) {
    this.config = config;
    this.s3 = s3;
  }

  /** Throws a {@link Failure} with the way out if the bucket cannot be used. */
  public void check() {
    String bucket = config.lake().bucket();
    try {
      s3.headBucket(request -> request.bucket(bucket));
    } catch (S3Exception e) {
      // An answer to HEAD has no body: the status is all there is.
      String sentence =
          switch (e.statusCode()) {
            case 404 ->
                "The lake's bucket '"
                    + bucket
                    + "' does not exist; create it: aws s3 mb s3://"
                    + bucket
                    + " --region "
                    + config.region();
            case 403 ->
                "Access denied: the lake's bucket '"
                    + bucket
                    + "' may not be listed; allow the IAM"
                    + " action s3:ListBucket on arn:aws:s3:::"
                    + bucket;
            case 301 ->
                "The lake's bucket '"
                    + bucket
                    + "' is in another region than "
                    + config.region()
                    + "; set 'region' to the region of bucket and tables";
            default -> Sentences.of(e);
          };
      throw new Failure(sentence, e);
    }
  }
}
