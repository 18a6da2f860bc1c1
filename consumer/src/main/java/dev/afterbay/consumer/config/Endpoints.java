package dev.afterbay.consumer.config;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Service addresses that replace those of AWS, for a local AWS.
 *
 * @param dynamodb DynamoDB and its streams
 * @param s3 S3, addressed by path
 * @param secretsManager Secrets Manager
 * @param glue Glue's catalog
 * @param athena Athena
 */
public record Endpoints(
    Optional<URI> dynamodb,
    Optional<URI> s3,
    Optional<URI> secretsManager,
    Optional<URI> glue,
    Optional<URI> athena) {
  /** AWS itself. */
  public static final Endpoints AWS =
      new Endpoints(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether any service is somewhere else than on AWS. */
  public boolean local() {
    return Stream.of(dynamodb, s3, secretsManager, glue, athena).anyMatch(Optional::isPresent);
  }
}
