package dev.afterbay.consumer.aws;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.Endpoints;
import dev.afterbay.sinks.tostorage.S3Connections;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The SDK clients of one process, all with the region, endpoints and credentials of the
 * configuration. DynamoDB and S3 have a pool of connections each, so that neither can starve the
 * other; closing this closes all of them.
 */
public final class AwsClients implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** Every shard of a process may poll and upload at once; an unused connection costs nothing. */
  private static final int CONNECTIONS = 128;

  private final SdkHttpClient dynamoDbHttp;
  private final SdkHttpClient s3Http;
  private final DynamoDbClient dynamoDb;
  private final DynamoDbStreamsClient streams;
  private final S3Client s3;

  private AwsClients(
      AfterbayConfig config, Patience reading, Patience writing, List<MetricPublisher> told) {
    this.dynamoDbHttp = http(reading);
    this.s3Http = http(writing);
    Endpoints endpoints = config.endpoints();
    this.dynamoDb =
        told(set(DynamoDbClient.builder(), config, endpoints.dynamodb(), reading), told)
            .httpClient(dynamoDbHttp)
            .build();
    this.streams =
        tapped(
                told(
                    set(DynamoDbStreamsClient.builder(), config, endpoints.dynamodb(), reading),
                    told))
            .httpClient(dynamoDbHttp)
            .build();
    this.s3 =
        S3Connections.suit(
                told(set(S3Client.builder(), config, endpoints.s3(), writing), told),
                endpoints.s3())
            .httpClient(s3Http)
            .build();
  }

  /** Clients that are all equally patient. */
  public static AwsClients open(AfterbayConfig config, Patience patience) {
    return new AwsClients(config, patience, patience, List.of());
  }

  /**
   * Clients of a worker: {@link Patience#POLL} for DynamoDB, {@link Patience#WORK} for S3.
   *
   * @param calls counts what they do
   */
  public static AwsClients ofWorker(AfterbayConfig config, AwsCalls calls) {
    return new AwsClients(config, Patience.POLL, Patience.WORK, List.of(calls));
  }

  /**
   * A client for leases, with {@link Patience#LEASE}; the caller closes it.
   *
   * @param calls counts what it does
   */
  public static DynamoDbAsyncClient leases(AfterbayConfig config, AwsCalls calls) {
    Patience patience = Patience.LEASE;
    return told(
            set(DynamoDbAsyncClient.builder(), config, config.endpoints().dynamodb(), patience),
            List.of(calls))
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .connectionTimeout(patience.attempt())
                .connectionAcquisitionTimeout(patience.attempt())
                .readTimeout(patience.silence())
                .writeTimeout(patience.silence())
                .maxConcurrency(CONNECTIONS))
        .build();
  }

  /** Adds to whom a client tells of its calls, beside what the builder has been set to. */
  private static <B extends AwsClientBuilder<B, ?>> B told(B builder, List<MetricPublisher> told) {
    return builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder().metricPublishers(told).build());
  }

  /** Lets the bodies of the client's answers be taken, by calls that have a {@link BodyTap}. */
  public static <B extends AwsClientBuilder<B, ?>> B tapped(B builder) {
    return builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .addExecutionInterceptor(new BodyTap.Interceptor())
            .build());
  }

  /** Connections for clients of one patience; the caller closes them. */
  static SdkHttpClient http(Patience patience) {
    return new AbortableHttp(
        Apache5HttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(patience.silence())
            .maxConnections(CONNECTIONS)
            .build());
  }

  /** Tables. */
  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  /** Streams of tables. */
  public DynamoDbStreamsClient streams() {
    return streams;
  }

  /** The lake's bucket. */
  public S3Client s3() {
    return s3;
  }

  /**
   * Who signs the requests: the SDK's default chain; with endpoints of a local AWS the same without
   * the instance's metadata (it would be waited for in vain) and, if nobody has credentials, {@code
   * local}/{@code local}.
   */
  public static AwsCredentialsProvider credentials(AfterbayConfig config) {
    if (!config.endpoints().local()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return AwsCredentialsProviderChain.builder()
        .credentialsProviders(
            SystemPropertyCredentialsProvider.create(),
            EnvironmentVariableCredentialsProvider.create(),
            WebIdentityTokenFileCredentialsProvider.create(),
            ProfileCredentialsProvider.create(),
            ContainerCredentialsProvider.create(),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }

  /**
   * Sets region, credentials, endpoint, limits and the note of {@link FailedCall} on any client's
   * builder, so that clients built elsewhere behave as these.
   */
  public static <B extends AwsClientBuilder<B, ?>> B set(
      B builder, AfterbayConfig config, Optional<URI> endpoint, Patience patience) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(config.region()))
        .credentialsProvider(credentials(config))
        .overrideConfiguration(
            override ->
                override
                    .apiCallAttemptTimeout(patience.attempt())
                    .apiCallTimeout(patience.call())
                    .addExecutionInterceptor(new FailedCall.Interceptor())
                    .retryStrategy(
                        strategy ->
                            strategy
                                .maxAttempts(patience.attempts())
                                // DynamoDB Streams' word for throttling, which the SDK does not
                                // know as such.
                                .retryOnException(LimitExceededException.class)
                                .retryOnException(S3Connections::isConflict)));
  }

  @Override
  public void close() {
    dynamoDb.close();
    streams.close();
    s3.close();
    dynamoDbHttp.close();
    s3Http.close();
  }
}
