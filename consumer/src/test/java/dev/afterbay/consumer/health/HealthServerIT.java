package dev.afterbay.consumer.health;

import static dev.afterbay.consumer.health.Shards.SHOP;
import static dev.afterbay.consumer.health.Shards.SHOP_1;
import static dev.afterbay.consumer.health.Shards.visible;
import static dev.afterbay.consumer.health.TestClock.START;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.consumer.aws.AwsCalls;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.HttpConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthServerIT {
  private final TestClock clock = new TestClock();
  private final Vitals vitals = Vitals.startingNow(clock);
  private final Health health = Health.of(vitals, Duration.ofMinutes(2));
  private final Metrics metrics = new Metrics(vitals, health, new AwsCalls());
  private final StatusDocument document =
      new StatusDocument("shop", "one", vitals, health, new History(vitals), Optional::empty);
  private final HealthServer server = HealthServer.listen(0, health, metrics, document);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void healthIs200WhileAllIsWell() throws Exception {
    vitals.watch(SHOP, () -> true);

    HttpResponse<String> response = ask("GET", "/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(response.body()).isEqualTo("{\"status\":\"healthy\",\"reasons\":[]}\n");
  }

  @Test
  void healthIs503WithTheReasonsWhenAWorkerDiedOrAShardIsStuck() throws Exception {
    AtomicBoolean alive = new AtomicBoolean(false);
    vitals.watch(SHOP, alive::get);
    vitals.opened(SHOP_1);
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(200);

    clock.advance(Duration.ofMinutes(5));
    HttpResponse<String> response = ask("GET", "/health");

    assertThat(response.statusCode()).isEqualTo(503);
    JsonNode json = new ObjectMapper().readTree(response.body());
    assertThat(json.get("status").textValue()).isEqualTo("unhealthy");
    assertThat(json.get("reasons"))
        .extracting(JsonNode::textValue)
        .containsExactly(
            "The worker of table E-commerce-Data does not run.",
            "Shard " + SHOP_1 + " was never read since it was opened 5 min 0 s ago.");
  }

  @Test
  void healthIs503WhileStopping() throws Exception {
    vitals.watch(SHOP, () -> true);
    vitals.stopping();

    HttpResponse<String> response = ask("GET", "/health");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body())
        .isEqualTo("{\"status\":\"stopping\",\"reasons\":[\"The process was told to stop.\"]}\n");
  }

  @Test
  void metricsAreThoseOfTheVitals() throws Exception {
    vitals.watch(SHOP, () -> true);
    vitals.opened(SHOP_1);
    vitals.polled(SHOP_1, 12, 3);
    vitals.committed(SHOP_1, visible(10, 2, 2048, START));
    clock.advance(Duration.ofSeconds(4));

    HttpResponse<String> response = ask("GET", "/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(Samples.read(response.body()))
        .isEqualTo(
            Map.ofEntries(
                entry("afterbay_records_read_total E-commerce-Data", 12.0),
                entry("afterbay_records_total E-commerce-Data", 10.0),
                entry("afterbay_duplicates_total E-commerce-Data", 3.0),
                entry("afterbay_commits_total E-commerce-Data", 1.0),
                entry("afterbay_files_total E-commerce-Data", 2.0),
                entry("afterbay_bytes_total E-commerce-Data", 2048.0),
                entry("afterbay_quarantined_records_total E-commerce-Data", 0.0),
                entry("afterbay_gaps_total E-commerce-Data", 0.0),
                entry("afterbay_extra_attributes_total E-commerce-Data", 0.0),
                entry("afterbay_unrouted_records_total E-commerce-Data", 0.0),
                entry("afterbay_rows_total E-commerce-Data", 10.0),
                entry("afterbay_commit_seconds_count E-commerce-Data", 1.0),
                entry("afterbay_commit_seconds_sum E-commerce-Data", 1.5),
                entry("afterbay_commit_seconds_max E-commerce-Data", 1.5),
                entry("afterbay_complete_at_age_seconds E-commerce-Data", 4.0),
                entry("afterbay_seconds_until_trimmed E-commerce-Data", 86_396.0),
                entry("afterbay_shards_owned E-commerce-Data", 1.0),
                entry("afterbay_lag_seconds E-commerce-Data", 4.0),
                entry("afterbay_shard_last_poll_age_seconds E-commerce-Data shardId-0001", 4.0),
                entry(
                    "afterbay_shard_hours_until_trimmed E-commerce-Data shardId-0001",
                    24 - 4 / 3600.0)));
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws Exception {
    HttpResponse<String> response = ask("GET", "/?from=a-bookmark");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(response, "Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'self'; script-src 'self';");
    for (String file : List.of("status.css", "status.js", "lineage.js", "chart.js", "parts.js")) {
      HttpResponse<String> loaded = ask("GET", "/" + file);
      assertThat(loaded.statusCode()).as(file).isEqualTo(200);
      assertThat(loaded.body().replace("http://www.w3.org/2000/svg", ""))
          .as(file)
          .doesNotContain("http:", "https:", "innerHTML");
    }
  }

  @Test
  void theDocumentOfThePageTellsOfTablesAndShards() throws Exception {
    vitals.opened(SHOP_1);
    vitals.committed(SHOP_1, visible(10, 2, 2048, START.minusSeconds(5)));

    JsonNode json = new ObjectMapper().readTree(ask("GET", "/status.json").body());

    assertThat(json.path("application").asText()).isEqualTo("shop");
    assertThat(json.path("worker").asText()).isEqualTo("one");
    assertThat(json.path("lake").isNull()).isTrue();
    JsonNode table = json.path("tables").path(0);
    assertThat(table.path("table").asText()).isEqualTo("E-commerce-Data");
    assertThat(table.path("behindSeconds").asLong()).isEqualTo(5);
    assertThat(table.path("counts").path("records").asLong()).isEqualTo(10);
    assertThat(table.path("lastCommits").path(0).path("millis").asLong()).isEqualTo(1500);
    assertThat(table.path("shards").path(0).path("shard").asText()).isEqualTo("shardId-0001");
  }

  @Test
  void headSendsTheHeadersOfGetAndNoBody() throws Exception {
    vitals.watch(SHOP, () -> true);
    for (String path : List.of("/health", "/metrics", "/", "/status.json", "/nothing")) {
      HttpResponse<String> get = ask("GET", path);
      HttpResponse<String> head = ask("HEAD", path);

      assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
      assertThat(head.body()).as(path).isEmpty();
      for (String name : List.of("Content-Type", "Content-Length")) {
        assertThat(header(head, name)).as(path).isEqualTo(header(get, name));
      }
    }
  }

  @Test
  void anythingElseIs404() throws Exception {
    for (String path : List.of("/nothing", "/health/", "/healthy", "/metrics/x")) {
      HttpResponse<String> response = ask("GET", path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(response.body()).isEqualTo("There are /, /status.json, /health and /metrics.\n");
    }
  }

  @Test
  void onlyGetAndHeadAreAnswered() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      HttpResponse<String> response = ask(method, "/health");
      assertThat(response.statusCode()).as(method).isEqualTo(405);
      assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
      assertThat(response.body()).isEqualTo("Only GET and HEAD are answered.\n");
    }
  }

  @Test
  void aCheckThatBreaksIs500AndTheServerGoesOn() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    vitals.watch(
        SHOP,
        () -> {
          if (broken.get()) {
            throw new IllegalStateException("broken on purpose");
          }
          return true;
        });

    assertThat(ask("GET", "/health").statusCode()).isEqualTo(500);
    broken.set(false);
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(200);
  }

  @Test
  void manyAskAtOnce() throws Exception {
    vitals.watch(SHOP, () -> true);
    vitals.opened(SHOP_1);
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(client.sendAsync(request("GET", "/metrics"), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> one : all) {
      assertThat(Samples.read(one.get().body())).hasSize(17);
    }
  }

  @Test
  void clientsThatNeverFinishTheirRequestDoNotSilenceItForLong() throws Exception {
    vitals.watch(SHOP, () -> true);
    List<Socket> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write("GET /he".getBytes(StandardCharsets.US_ASCII));
        stuck.add(socket);
      }
      assertThat(askUntilAnswered("/health").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : stuck) {
        socket.close();
      }
    }
  }

  @Test
  void aPortInUseIsToldWithTheWayOut() {
    assertThatThrownBy(
            () -> HealthServer.start(new HttpConfig(server.port()), health, metrics, document))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "Cannot listen on port "
                + server.port()
                + " for health and metrics (Address already in use): free it, or set http.port to"
                + " another one, or to 0 for none")
        .hasCauseInstanceOf(BindException.class);
  }

  @Test
  void portZeroSwitchesItOff() {
    assertThat(HealthServer.start(new HttpConfig(0), health, metrics, document)).isEmpty();
  }

  @Test
  void aClosedServerFreesItsPortAndMayBeClosedTwice() {
    int port = server.port();
    server.close();
    server.close();

    HealthServer second =
        HealthServer.start(new HttpConfig(port), health, metrics, document).orElseThrow();
    assertThat(second.port()).isEqualTo(port);
    second.close();
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    return client.send(request(method, path), BodyHandlers.ofString());
  }

  /** A request that waited behind the stuck ones may be cut together with them. */
  private HttpResponse<String> askUntilAnswered(String path)
      throws IOException, InterruptedException {
    try {
      return ask("GET", path);
    } catch (IOException cut) {
      return ask("GET", path);
    }
  }

  private HttpRequest request(String method, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .method(method, BodyPublishers.noBody())
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
