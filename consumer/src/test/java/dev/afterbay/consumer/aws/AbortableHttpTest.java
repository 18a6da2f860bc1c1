package dev.afterbay.consumer.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.consumer.config.AfterbayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;

class AbortableHttpTest {
  @TempDir Path dir;

  /** Fails once in a way that is no fault of the network. */
  private static final class FailingOnce implements SdkHttpClient {
    private final RuntimeException failure;
    private int calls;

    FailingOnce(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          if (calls++ == 0) {
            throw failure;
          }
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  @Test
  void anAttemptThatWasAbortedAsItGotItsConnectionIsRepeated() throws IOException {
    FailingOnce http =
        new FailingOnce(new IllegalStateException("Endpoint not acquired / already released"));

    try (S3Client s3 = client(http)) {
      s3.headBucket(r -> r.bucket("afterbay"));
    }

    assertThat(http.calls).isEqualTo(2);
  }

  @Test
  void anyOtherFaultOfTheProgramIsNot() throws IOException {
    FailingOnce http = new FailingOnce(new IllegalStateException("a mistake"));

    try (S3Client s3 = client(http)) {
      assertThatThrownBy(() -> s3.headBucket(r -> r.bucket("afterbay")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a mistake");
    }

    assertThat(http.calls).isEqualTo(1);
  }

  private S3Client client(SdkHttpClient http) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("afterbay.yaml"),
            """
            application: lake
            region: us-east-1
            endpoints: { s3: "http://127.0.0.1:1", dynamodb: "http://127.0.0.1:1" }
            tables:
              - name: Orders
            lake: s3://afterbay/lake
            """);
    AfterbayConfig config = AfterbayConfig.read(file, Map.of());
    return AwsClients.set(S3Client.builder(), config, config.endpoints().s3(), Patience.WORK)
        .httpClient(new AbortableHttp(http))
        .build();
  }
}
