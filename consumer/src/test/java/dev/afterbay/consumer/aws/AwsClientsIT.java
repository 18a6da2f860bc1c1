package dev.afterbay.consumer.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.afterbay.consumer.config.AfterbayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AwsClientsIT {
  @TempDir Path dir;

  @Test
  @Timeout(15)
  void aClosedPortIsNamedAtOnce() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    try (AwsClients aws = clients(port)) {
      assertThat(sentence(() -> aws.dynamoDb().describeTable(r -> r.tableName("Orders"))))
          .isEqualTo(
              "Nobody answers at DynamoDB (http://127.0.0.1:%d); is it running, and is the address"
                      .formatted(port)
                  + " in endpoints right?");
      assertThat(sentence(() -> aws.streams().describeStream(r -> r.streamArn("x".repeat(40)))))
          .startsWith("Nobody answers at DynamoDB Streams (");
      assertThat(sentence(() -> aws.s3().headBucket(r -> r.bucket("afterbay"))))
          .startsWith("Nobody answers at S3 (");
    }
  }

  @Test
  @Timeout(15)
  void aSilentEndpointIsGivenUpInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        AwsClients aws = clients(silent.getLocalPort())) {
      assertThat(sentence(() -> aws.s3().headBucket(r -> r.bucket("afterbay"))))
          .isEqualTo(
              "No answer in time from S3 (http://127.0.0.1:%d); check endpoints, and the network"
                  .formatted(silent.getLocalPort()));
    }
  }

  @Test
  void aRefusalNamesTheAction() throws IOException {
    try (Stub stub = new Stub("AccessDeniedException", Integer.MAX_VALUE);
        AwsClients aws = clients(stub.port())) {
      assertThat(sentence(() -> aws.dynamoDb().describeTable(r -> r.tableName("Orders"))))
          .isEqualTo(
              "Access denied: DynamoDB refuses DescribeTable; allow the IAM action"
                  + " dynamodb:DescribeTable");
    }
  }

  @Test
  void oneThrottledCallIsTriedAgain() throws IOException {
    try (Stub stub = new Stub("LimitExceededException", 1);
        AwsClients aws = clients(stub.port())) {
      assertThatCode(() -> aws.streams().describeStream(r -> r.streamArn("x".repeat(40))))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void thePatienceForAnAnswerIsWellUnderFifteenSeconds() {
    assertThat(Patience.ANSWER.call().multipliedBy(2)).isLessThan(Duration.ofSeconds(15));
  }

  /** An AWS that answers the first calls with an error and the others with nothing. */
  private static final class Stub implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger errorsLeft;

    private Stub(String error, int times) throws IOException {
      errorsLeft = new AtomicInteger(times);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            boolean fails = errorsLeft.getAndDecrement() > 0;
            String type = "{\"__type\":\"com.amazon.coral.service#%s\",\"message\":\"no\"}";
            byte[] body = (fails ? type.formatted(error) : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(fails ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    private int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private static String sentence(ThrowingCallable call) {
    return Sentences.of(catchThrowable(call));
  }

  private AwsClients clients(int port) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("afterbay.yaml"),
            """
            application: shop
            region: us-east-1
            endpoints: { dynamodb: "http://127.0.0.1:%d", s3: "http://127.0.0.1:%d" }
            lake: s3://afterbay/lake
            tables: [ { name: Orders } ]
            """
                .formatted(port, port));
    return AwsClients.open(AfterbayConfig.read(file, Map.of()), Patience.ANSWER);
  }
}
