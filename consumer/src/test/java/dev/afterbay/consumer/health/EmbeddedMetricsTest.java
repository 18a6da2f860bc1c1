package dev.afterbay.consumer.health;

import static dev.afterbay.consumer.health.Shards.SHOP_1;
import static dev.afterbay.consumer.health.Shards.visible;
import static dev.afterbay.consumer.health.TestClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.consumer.aws.AwsCalls;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.reconciliation.audit.AuditSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EmbeddedMetricsTest {
  private final TestClock clock = new TestClock();
  private final Vitals vitals = Vitals.startingNow(clock);
  private final List<String> lines = new ArrayList<>();
  private final Metrics metrics =
      new Metrics(vitals, Health.of(vitals, Duration.ofMinutes(2)), new AwsCalls());
  private final EmbeddedMetrics told =
      new EmbeddedMetrics(metrics, "shop", "one", clock, lines::add);

  @Test
  void aTableHasALineWithItsFiguresAndTheirUnits() throws IOException {
    work();

    told.tell();

    JsonNode line = line(1);
    assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(START.toEpochMilli());
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.path("Namespace").asText()).isEqualTo("Afterbay");
    assertThat(directive.path("Dimensions")).hasToString("[[\"Application\",\"Table\"]]");
    assertThat(line.path("Application").asText()).isEqualTo("shop");
    assertThat(line.path("Table").asText()).isEqualTo("E-commerce-Data");
    assertThat(line.path("Worker").asText()).isEqualTo("one");
    assertThat(line.path("Records").asLong()).isEqualTo(10);
    assertThat(line.path("Bytes").asLong()).isEqualTo(2048);
    assertThat(line.path("CommitLatency").asDouble()).isEqualTo(1500);
    assertThat(line.path("SecondsUntilTrimmed").asDouble()).isEqualTo(86_395);
    assertThat(directive.path("Metrics").toString())
        .contains("{\"Name\":\"Bytes\",\"Unit\":\"Bytes\"}")
        .contains("{\"Name\":\"CommitLatency\",\"Unit\":\"Milliseconds\"}");
    directive
        .path("Metrics")
        .forEach(metric -> assertThat(line.path(metric.path("Name").asText()).isNumber()).isTrue());
  }

  @Test
  void theProcessHasALineOfItsOwnWithoutTable() throws IOException {
    told.tell();

    JsonNode line = line(0);
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions")).hasToString("[[\"Application\"]]");
    assertThat(line.has("Table")).isFalse();
    assertThat(line.path("Healthy").asLong()).isEqualTo(1);
  }

  @Test
  void aCounterTellsWhatCameSinceTheLineBefore() throws IOException {
    work();
    told.tell();
    vitals.committed(SHOP_1, visible(3, 1, 10, START));
    told.tell();
    told.tell();

    assertThat(List.of(line(1), line(3), line(5)))
        .extracting(line -> line.path("Records").asLong())
        .containsExactly(10L, 3L, 0L);
  }

  @Test
  void theLastLineHasWhatWasCountedAndNothingOfAProcessThatEnds() throws IOException {
    work();
    told.tellRest();

    assertThat(line(1).path("Records").asLong()).isEqualTo(10);
    assertThat(line(1).has("Lag")).isFalse();
    assertThat(line(0).has("Healthy")).isFalse();
    assertThat(line(0).has("GetRecordsCalls")).isTrue();
  }

  @Test
  void everyMetricOfCloudWatchStandsInTheDocumentationWithItsMeter() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "metrics.md"));

    for (CloudWatchMetric metric : CloudWatchMetric.values()) {
      assertThat(text)
          .containsPattern(
              "\\| `"
                  + Pattern.quote(prometheus(metric))
                  + "`[^|]* \\| `"
                  + metric.title()
                  + "` \\|[^|]*\\| "
                  + metric.unit()
                  + " \\|");
    }
  }

  @Test
  void everythingThatIsTellableIsTold() throws IOException {
    work();
    vitals.upToDate();
    vitals.open(Shards.SHOP, 2);
    vitals.seen(Shards.SHOP, new LeaseRows(List.of(), Optional.empty()));
    vitals.audited(
        new AuditSummary(
            Shards.SHOP, START.minusSeconds(60), "e", 7, 1, 2, 4, 0, 1, 1, Duration.ZERO));
    told.tell();

    TreeSet<String> names = new TreeSet<>();
    for (JsonNode line : List.of(line(0), line(1))) {
      line.at("/_aws/CloudWatchMetrics/0/Metrics").forEach(m -> names.add(m.path("Name").asText()));
    }
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(CloudWatchMetric.values()).map(CloudWatchMetric::title).toList());
    assertThat(line(1).path("AuditDrift").asLong()).isEqualTo(7);
    assertThat(line(1).path("AuditAge").asLong()).isEqualTo(60);
  }

  private void work() {
    vitals.opened(SHOP_1);
    vitals.committed(SHOP_1, visible(10, 2, 2048, START.minusSeconds(5)));
  }

  private JsonNode line(int index) throws IOException {
    return new ObjectMapper().readTree(lines.get(index));
  }

  private static String prometheus(CloudWatchMetric metric) {
    if (metric == CloudWatchMetric.COMMIT_LATENCY) {
      return "afterbay_commit_seconds";
    }
    String name = metric.meter().replace('.', '_');
    boolean seconds = metric.unit().equals("Seconds") && !name.contains("seconds");
    return name + (metric.counts() ? "_total" : seconds ? "_seconds" : "");
  }
}
