package dev.afterbay.consumer.aws;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
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
 * Reads answers of DynamoDB Streams as the SDK does, without a call: by a client whose transport
 * has them already. Any thread may use it; one at a time gets to.
 */
public final class SdkReading implements AutoCloseable {
  private static final byte[] BEFORE = "{\"Records\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] AFTER = "]}".getBytes(StandardCharsets.UTF_8);

  private final Transport transport = new Transport();
  private final DynamoDbStreamsClient client =
      DynamoDbStreamsClient.builder()
          .region(Region.US_EAST_1)
          .credentialsProvider(AnonymousCredentialsProvider.create())
          .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
          .httpClient(transport)
          .build();

  /**
   * The records of an answer.
   *
   * @param body of the answer
   * @throws software.amazon.awssdk.core.exception.SdkException if the SDK cannot read it
   */
  public synchronized List<Record> records(byte[] body) {
    transport.body = body;
    try {
      return client.getRecords(request -> request.shardIterator("none")).records();
    } finally {
      transport.body = new byte[0];
    }
  }

  /**
   * The record that is an element of an answer.
   *
   * @param json the element
   * @throws IllegalStateException if the SDK cannot read an answer with it, or finds no record in
   *     it; without a word of its content, which the SDK's own messages may quote
   */
  public Record record(byte[] json) {
    byte[] body = new byte[BEFORE.length + json.length + AFTER.length];
    System.arraycopy(BEFORE, 0, body, 0, BEFORE.length);
    System.arraycopy(json, 0, body, BEFORE.length, json.length);
    System.arraycopy(AFTER, 0, body, BEFORE.length + json.length, AFTER.length);
    List<Record> found;
    try {
      found = records(body);
    } catch (RuntimeException e) {
      throw unreadable(e.getClass().getSimpleName());
    }
    if (found.size() != 1) {
      throw unreadable("it finds " + found.size());
    }
    return found.get(0);
  }

  private static IllegalStateException unreadable(String why) {
    return new IllegalStateException(
        "the stream gave a record that the SDK cannot read ("
            + why
            + "). DynamoDB does not send this: look at what stands between it and this worker");
  }

  @Override
  public void close() {
    client.close();
  }

  /** Answers each request with the same body. */
  private static final class Transport implements SdkHttpClient {
    private byte[] body = new byte[0];

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public String clientName() {
      return "Bytes";
    }

    @Override
    public void close() {}
  }
}
