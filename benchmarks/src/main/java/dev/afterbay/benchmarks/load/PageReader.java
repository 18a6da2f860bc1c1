package dev.afterbay.benchmarks.load;

import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.fromstream.WirePage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * From the body of an answer to what {@code ShardPipeline} accepts, as the worker does it: all that
 * is to change here when the worker reads bodies in another way. Not safe for use by several
 * threads.
 */
public final class PageReader implements AutoCloseable {
  private final Canned canned = new Canned();
  private final DynamoDbStreamsClient client =
      DynamoDbStreamsClient.builder()
          .region(Region.US_EAST_1)
          .endpointOverride(URI.create("http://127.0.0.1"))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
          .httpClient(canned)
          .build();

  /** The records of a page, read from its bytes; the SDK reads the rest of the answer. */
  public List<StreamedRecord> read(byte[] body) {
    WirePage page = WirePage.read(body).orElseThrow();
    return page.with(sdk(page.rest()));
  }

  /** The records of a page, all of them read by the SDK. */
  public List<StreamedRecord> readByTheSdk(byte[] body) {
    return sdk(body).stream().map(StreamedRecord::of).toList();
  }

  private List<Record> sdk(byte[] body) {
    canned.body = body;
    return client.getRecords(request -> request.shardIterator("any")).records();
  }

  @Override
  public void close() {
    client.close();
  }

  /** Answers each request with the same body, without a network. */
  private static final class Canned implements SdkHttpClient {
    private byte[] body = new byte[0];

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpResponse.builder()
                      .statusCode(200)
                      .putHeader("Content-Type", "application/x-amz-json-1.0")
                      .putHeader("Content-Length", Integer.toString(body.length))
                      .build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
