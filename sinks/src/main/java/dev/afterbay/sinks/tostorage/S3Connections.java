package dev.afterbay.sinks.tostorage;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** What a client of S3 must be set to, to serve {@link S3ObjectStore}. */
public final class S3Connections {
  private static final int CONFLICT = 409;

  private S3Connections() {}

  /**
   * Sets the builder up; region, credentials, HTTP client and time limits are the caller's.
   *
   * @param endpoint of a stand-in for S3, which then gets path-style addresses; empty for AWS
   */
  public static S3ClientBuilder suit(S3ClientBuilder builder, Optional<URI> endpoint) {
    endpoint.ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
    // We give each request the checksum of our own bytes; stand-ins do not know the trailing ones
    // that the client would add.
    return builder
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_SUPPORTED);
  }

  /**
   * Whether S3 refused a conditional put because it met another one under way: it was not done, and
   * is to be repeated. The SDK does not know that by itself.
   */
  public static boolean isConflict(Throwable failure) {
    return failure instanceof AwsServiceException refused
        && refused.statusCode() == CONFLICT
        && refused.awsErrorDetails() != null
        && "ConditionalRequestConflict".equals(refused.awsErrorDetails().errorCode());
  }
}
