package dev.afterbay.local.aws;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Ordinary SDK clients for the local endpoints, over one pool of connections. */
public final class LocalClients implements AutoCloseable {
  private static final int CONNECTIONS = 64;

  private final SdkHttpClient http;
  private final DynamoDbClient tables;
  private final DynamoDbStreamsClient streams;
  private final S3Client objects;

  public LocalClients(LocalEndpoints endpoints) {
    Region region = Region.of(endpoints.region());
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(endpoints.accessKeyId(), endpoints.secretAccessKey()));
    http =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(Duration.ofSeconds(5))
            .build();
    tables =
        DynamoDbClient.builder()
            .endpointOverride(endpoints.dynamodb())
            .region(region)
            .credentialsProvider(credentials)
            .httpClient(http)
            .build();
    streams =
        DynamoDbStreamsClient.builder()
            .endpointOverride(endpoints.dynamodb())
            .region(region)
            .credentialsProvider(credentials)
            .httpClient(http)
            .build();
    objects =
        S3Client.builder()
            .endpointOverride(endpoints.s3())
            .region(region)
            .credentialsProvider(credentials)
            .httpClient(http)
            .build();
  }

  public DynamoDbClient tables() {
    return tables;
  }

  public DynamoDbStreamsClient streams() {
    return streams;
  }

  public S3Client objects() {
    return objects;
  }

  @Override
  public void close() {
    tables.close();
    streams.close();
    objects.close();
    http.close();
  }
}
