package dev.afterbay.sinks.tostorage;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A client of an S3 on this machine. */
final class LoopbackS3 {
  private LoopbackS3() {}

  static S3Client at(int port) {
    return S3Connections.suit(
            S3Client.builder(), Optional.of(URI.create("http://127.0.0.1:" + port)))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
        .overrideConfiguration(override -> override.apiCallTimeout(Duration.ofMinutes(2)))
        .build();
  }
}
