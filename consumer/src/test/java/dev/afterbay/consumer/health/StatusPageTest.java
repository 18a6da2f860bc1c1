package dev.afterbay.consumer.health;

import static dev.afterbay.consumer.health.Shards.SHOP;
import static dev.afterbay.consumer.health.Shards.SHOP_1;
import static dev.afterbay.consumer.health.Shards.SHOP_2;
import static dev.afterbay.consumer.health.Shards.TASKS;
import static dev.afterbay.consumer.health.TestClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.health.HealthReport.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusPageTest {
  private final TestClock clock = new TestClock();
  private final Vitals vitals = Vitals.startingNow(clock);

  @Test
  void aShardShowsItsPositionInTimeLagRecordsAndCommits() {
    vitals.opened(SHOP_1);
    vitals.polled(SHOP_1, 1_234_567, 0);
    vitals.committed(SHOP_1, 1_234_567, 3, 1, START.plusMillis(1200));
    vitals.quarantined(SHOP_1, 2);
    vitals.gap(SHOP_1);
    vitals.caughtUp(SHOP_1);
    clock.advance(Duration.ofSeconds(200));

    assertThat(page())
        .contains(
            "<h2>E-commerce-Data</h2>",
            "<p>Lag 3 min 18 s. In the lake since the start of this process:"
                + " 1,234,567 records, 1 commit, 3 files, 1 byte."
                + " In quarantine: 2 records. Gaps: 1. Of no typed table: 0 records.</p>",
            "<tr><td data-name=\"Shard\">2026-11-21T04:00:00.123 / shardId-0001</td>"
                + "<td data-name=\"In the lake up to\">2026-11-21T05:00:01Z</td>"
                + "<td data-name=\"Lag\">3 min 18 s</td>"
                + "<td data-name=\"Last read\">3 min 20 s ago</td>"
                + "<td data-name=\"Caught up\">3 min 20 s ago</td>"
                + "<td data-name=\"Trimmed in\">23 h 56 min</td>"
                + "<td data-name=\"Records\">1,234,567</td>"
                + "<td data-name=\"Commits\">1</td></tr>");
  }

  @Test
  void aShardWithoutCommitHasNoPositionAndNoLag() {
    vitals.opened(SHOP_2);

    assertThat(page())
        .contains(
            "shardId-0002</td><td data-name=\"In the lake up to\">–</td>"
                + "<td data-name=\"Lag\">–</td><td data-name=\"Last read\">–</td>"
                + "<td data-name=\"Caught up\">–</td><td data-name=\"Trimmed in\">1 d 0 h</td>"
                + "<td data-name=\"Records\">0</td>");
  }

  @Test
  void emptyThingsAreSaidInWords() {
    assertThat(page()).contains("It works on no table yet.");
    vitals.watch(TASKS, () -> true);
    assertThat(page()).contains("<h2>TaskApp</h2>", "This process reads none of its shards.");
  }

  @Test
  void theStateOfTheProcessStandsOnTopWithItsReasonsEscaped() {
    vitals.watch(SHOP, () -> true);
    clock.advance(Duration.ofHours(49));
    HealthReport report = new HealthReport(Status.UNHEALTHY, List.of("a <b> & \"c\" 'd'"));

    assertThat(StatusPage.of(vitals.snapshot(), report))
        .contains("<strong>unhealthy</strong>. It started 2 d 1 h ago")
        .contains("this page is of 2026-11-23T06:00:00Z.")
        .contains("<li>a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</li>");
  }

  @Test
  void thePageNeedsNothingElseAndFitsAPhoneInTheDark() {
    vitals.opened(SHOP_1);

    assertThat(page())
        .startsWith("<!DOCTYPE html>")
        .contains("name=\"viewport\"", "color-scheme: light dark")
        .doesNotContain("http://", "https://", "<script", "src=", "<link")
        .endsWith("</html>\n");
  }

  private String page() {
    return StatusPage.of(vitals.snapshot(), Health.of(vitals, Duration.ofMinutes(2)).check());
  }
}
