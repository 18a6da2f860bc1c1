package dev.afterbay.local.export;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Where exports are written: the buckets of an S3 endpoint that takes any credentials. */
public final class ExportStore implements AutoCloseable {
  private final S3Client s3;

  private ExportStore(S3Client s3) {
    this.s3 = s3;
  }

  /** The buckets of the endpoint at this address. */
  public static ExportStore at(URI endpoint) {
    return new ExportStore(
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build());
  }

  /**
   * Writes an object.
   *
   * @return its entity tag, without quotes
   */
  String put(String bucket, String key, byte[] content) {
    String tag =
        s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content)).eTag();
    return tag.replace("\"", "");
  }

  @Override
  public void close() {
    s3.close();
  }
}
