package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.sinks.duck.SharedDuck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DemoProcessIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path dir;
  private volatile String metrics = "";

  @Test
  void theJsonFormIsOneObjectAndNothingElse() throws IOException {
    try (ChildProcess demo =
        Program.LOCAL.start(dir, "demo", "--seconds", "5", "--dir", dir.toString(), "--json")) {
      String told = watched(demo);
      assertThat(demo.exitCodeWithin(PATIENCE)).as(demo.err()).isZero();

      assertThat(demo.out().lines()).hasSize(1);
      JsonNode answer = new ObjectMapper().readTree(demo.out());
      assertThat(answer.fieldNames())
          .toIterable()
          .containsExactly(
              "streamRecords", "changeRows", "missing", "duplicates", "secondsToFirstRow", "lake");
      assertThat(answer.path("missing").asLong(-1)).isZero();
      assertThat(answer.path("duplicates").asLong(-1)).isZero();
      assertThat(answer.path("streamRecords").asLong()).isGreaterThan(100);
      assertThat(answer.path("changeRows")).isEqualTo(answer.path("streamRecords"));
      assertThat(answer.path("secondsToFirstRow").asDouble()).isPositive();
      Path lake = Path.of(answer.path("lake").asText());
      assertThat(lake).isDirectory().startsWith(dir);
      Scrape scrape = Scrape.of(told);
      assertThat(scrape.sum("afterbay_records_total"))
          .isEqualTo(answer.path("changeRows").asDouble());
      assertThat(scrape.sum("afterbay_records_read_total"))
          .isEqualTo(answer.path("streamRecords").asDouble());
      assertThat(scrape.sum("afterbay_rows_total")).isEqualTo(rowsOfStreams(lake));
      assertThat(scrape.names())
          .doesNotHaveDuplicates()
          .contains("afterbay_commit_seconds", "afterbay_healthy");
    }
  }

  /** Looks at the worker as long as the demo runs; the last metrics that it told. */
  private String watched(ChildProcess demo) {
    try (Watching watching = new Watching(Chromium.startIfInstalled(dir))) {
      await("the demo's end")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                Matcher page = PAGE.matcher(demo.err());
                if (page.find()) {
                  URI address = URI.create(page.group());
                  answer(address.resolve("/metrics")).ifPresent(text -> metrics = text);
                  watching.look(address);
                }
                return !demo.alive();
              });
      watching.assertSeen();
    }
    return metrics;
  }

  private static Optional<String> answer(URI address) {
    try {
      return Optional.of(
              CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()))
          .filter(response -> response.statusCode() == 200)
          .map(HttpResponse::body);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The rows of all files that commits of the worker made, in whichever tables. */
  private static double rowsOfStreams(Path lake) {
    return Double.parseDouble(
        SharedDuck.ask(
                """
                SELECT sum(num_rows) FROM parquet_file_metadata('%s/*/*/dt=*/**/*.parquet')
                WHERE NOT regexp_matches(file_name, '/[a-z_]*(audits|healings|gaps)/dt=')
                """
                    .formatted(lake))
            .get(0)
            .get(0));
  }

  /** Somebody who looks at the status page, if there is a browser. */
  private record Watching(Optional<Chromium> browser, AtomicBoolean seen) implements AutoCloseable {
    Watching(Optional<Chromium> browser) {
      this(browser, new AtomicBoolean());
    }

    void look(URI page) {
      if (browser.isPresent() && !seen.get() && answer(page).isPresent()) {
        Chromium chromium = browser.get();
        chromium.open(page);
        chromium.awaitTrue("document.querySelectorAll('[data-shard]').length === 2");
        assertThat(chromium.evaluate("document.body.innerText").asText())
            .contains("Afterbay demo", "E-commerce-Data", "TaskApp");
        seen.set(true);
      }
    }

    void assertSeen() {
      browser.ifPresent(
          chromium -> {
            assertThat(seen).isTrue();
            assertThat(chromium.complaints()).noneMatch(one -> one.contains("exceptionDetails"));
          });
    }

    @Override
    public void close() {
      browser.ifPresent(Chromium::close);
    }
  }

  @Test
  void theTextFormAnswersQuestionsOnTypedTables() {
    try (ChildProcess demo =
        Program.LOCAL.start(dir, "demo", "--seconds", "1", "--dir", dir.toString())) {
      assertThat(demo.exitCodeWithin(PATIENCE)).as(demo.err()).isZero();

      assertThat(demo.out().lines())
          .contains(
              "Changes by operation",
              "The life of order o1001, in order",
              "What the users who signed up have ordered",
              "The products as they are now",
              "The current tasks of user u123",
              "Sessions that time-to-live removed",
              "The typed tables against the raw changes",
              "Sum check: the streams, read without the worker, against the lake",
              "Audit: the lake against exports of the tables",
              "  missing  {\"PK\":{\"S\":\"USER#boris\"},\"SK\":{\"S\":\"PROFILE\"}}",
              "    repaired 3");
      assertThat(demo.out()).contains(" drift 0 ", " drift 3 ").doesNotContain("EXPECTED");
      assertThat(demo.out())
          .contains(
              " 0 missing, 0 duplicates;",
              "The Parquet files lie under " + dir,
              "./afterbay query --config " + dir);
    }
  }
}
