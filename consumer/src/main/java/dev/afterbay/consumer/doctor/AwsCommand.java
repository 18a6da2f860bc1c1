package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.config.AfterbayConfig;
import java.net.URI;
import java.util.Optional;

/**
 * Commands of the AWS command line that reach the same services as the configuration.
 *
 * @param region of the configuration
 * @param dynamodb where DynamoDB is, if it is not that of AWS
 * @param s3 where S3 is, if it is not that of AWS
 */
record AwsCommand(String region, Optional<URI> dynamodb, Optional<URI> s3) {
  static AwsCommand of(AfterbayConfig config) {
    return new AwsCommand(config.region(), config.endpoints().dynamodb(), config.endpoints().s3());
  }

  String dynamodb(String operation, String table, String rest) {
    return "aws dynamodb " + operation + where(dynamodb) + " --table-name " + table + " " + rest;
  }

  String s3api(String operation, String bucket, String rest) {
    return "aws s3api " + operation + where(s3) + " --bucket " + bucket + " " + rest;
  }

  String athena(String operation, String rest) {
    return "aws athena " + operation + where(Optional.empty()) + " " + rest;
  }

  private String where(Optional<URI> endpoint) {
    return " --region " + region + endpoint.map(uri -> " --endpoint-url " + uri).orElse("");
  }
}
