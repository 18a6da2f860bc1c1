package dev.afterbay.local.aws;

import java.net.URI;
import java.nio.file.Path;

/** Where a {@link LocalAws} listens and what a client has to present. */
public record LocalEndpoints(
    URI dynamodb,
    URI s3,
    String region,
    String accessKeyId,
    String secretAccessKey,
    String bucket,
    Path bucketDir) {
  /** The access key and the secret key that the endpoints tell; they take any. */
  public static final String CREDENTIAL = "local";
}
