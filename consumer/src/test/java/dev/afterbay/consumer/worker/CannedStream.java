package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.aws.AwsClients;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A real client of the SDK above answers that are given beforehand; the last one stays. */
final class CannedStream implements SdkHttpClient {
  static final GetRecordsRequest REQUEST =
      GetRecordsRequest.builder().shardIterator("it-1").limit(1_000).build();

  private final Deque<Answer> answers = new ArrayDeque<>();
  private int calls;

  private record Answer(int status, Map<String, String> headers, byte[] body) {}

  DynamoDbStreamsClient client() {
    return AwsClients.tapped(
            DynamoDbStreamsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(
                    override ->
                        override.retryStrategy(
                            retry ->
                                retry
                                    .maxAttempts(3)
                                    .backoffStrategy(BackoffStrategy.retryImmediately()))))
        .httpClient(this)
        .build();
  }

  void answer(byte[] body) {
    answers.clear();
    then(200, Map.of(), body);
  }

  CannedStream then(int status, Map<String, String> headers, byte[] body) {
    answers.add(new Answer(status, headers, body));
    return this;
  }

  int calls() {
    return calls;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return next();
      }

      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse next() {
    calls++;
    Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
    SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(answer.status);
    answer.headers.forEach(response::putHeader);
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body)))
        .build();
  }

  @Override
  public String clientName() {
    return "Canned";
  }

  @Override
  public void close() {}
}
