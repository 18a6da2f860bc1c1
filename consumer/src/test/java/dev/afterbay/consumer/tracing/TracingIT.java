package dev.afterbay.consumer.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.afterbay.consumer.config.TracingConfig;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingIT {
  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
  private static final StreamShard SHARD =
      new StreamShard(
          new TableName("Orders"), new StreamLabel("2026-11-21T04:00:00.000"), new ShardId("s-1"));

  private final Map<String, String> received = new ConcurrentHashMap<>();
  private HttpServer collector;

  @BeforeEach
  void listen() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.put(
              exchange.getRequestURI().getPath(), new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    System.setProperty(ENDPOINT, "http://127.0.0.1:" + collector.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    System.clearProperty(ENDPOINT);
    collector.stop(0);
  }

  @Test
  void withOtlpTheCollectorGetsTheSpansAtTheLatestWhenTheProcessEnds() {
    try (Tracing tracing = Tracing.start(TracingConfig.OTLP, "worker-1")) {
      commitFails(tracing);
    }

    assertThat(received).containsOnlyKeys("/v1/traces");
    assertThat(received.get("/v1/traces"))
        .contains("afterbay", "commit", "commitId", "12345678-abcd", "worker-1", "Orders")
        .doesNotContain("what it says");
  }

  @Test
  void withoutTracingNothingIsSentAndNoThreadIsThere() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (Tracing tracing = Tracing.start(TracingConfig.NONE, "worker-1")) {
      commitFails(tracing);

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("BatchSpanProcessor"));
    }

    assertThat(received).isEmpty();
  }

  private static void commitFails(Tracing tracing) {
    tracing
        .commits()
        .begins(SHARD, new CommitId("12345678-abcd"))
        .fails(new IllegalStateException("what it says"));
  }
}
