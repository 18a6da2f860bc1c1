package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.export.ExportSettings;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.transforms.change.StreamShard;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page of a real worker as a real browser shows it. */
class StatusPageIT {
  private static final Path PICTURES = Path.of("target", "pictures");
  private static final String EVIL = "<img src=x onerror=alert(1)>";
  private static final int VERDICT = 3;

  @TempDir Path dir;
  private Stage stage;
  private PastTable table;
  private StreamServer server;
  private Setup setup;
  private Chromium chromium;

  @BeforeEach
  void aTableOfTheLastHours() {
    chromium = Chromium.start(dir);
    stage = Stage.open(dir);
    table = new PastTable("Watched-Orders", 7);
    server =
        StreamServer.startBefore(
            stage.aws().endpoints(),
            table.stream(),
            0,
            ExportSettings.ORDINARY.taking(Duration.ofMillis(1)));
    setup =
        stage
            .setup("watched", "{ max-age: 1s }", server.endpoint(), table.name())
            .with("entities: [ { name: watched_orders, match: { PK: \"PK#{number}\" } } ]")
            .edited("commit:", "heal: manual\ncommit:");
  }

  @AfterEach
  void stop() {
    if (chromium == null) {
      return; // There is none on this machine, so nothing else was begun.
    }
    chromium.close();
    server.close();
    stage.close();
  }

  @Test
  void thePageShowsARolloverAGapAndTheVerdictOfAnAuditToAnybodyOnAnyScreen() {
    stage.switchRecoveryOn(server.endpoint(), table.name());
    table.write(200, table.minute(0), table.minute(5));
    try (ChildProcess worker = setup.run("first")) {
      setup.awaitRows(table.name(), 200, worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    List<StreamShard> parents = table.stream().openShards();
    table.write(300, table.minute(14), table.minute(20));
    table.trimAll();
    table.write(100, table.minute(22), table.minute(25));
    WorkerMetrics metrics = WorkerMetrics.onFreePort();
    try (ChildProcess worker =
        Program.SERVICE.start(
            dir,
            "run",
            "--config",
            setup.telling(metrics).config().toString(),
            "--worker-id",
            EVIL)) {
      setup.awaitRows(table.name(), 300, worker);
      List<StreamShard> children = table.stream().rollAll();
      table.write(50, table.minute(26), table.minute(27));
      setup.awaitRows(table.name(), 350, worker);
      Setup.Finished audit = setup.command("audit", "--json");
      assertThat(audit.exitCode()).as(audit.out() + audit.err()).isEqualTo(VERDICT);

      chromium.screen(1200, 900);
      chromium.colours("light");
      chromium.open(URI.create("http://127.0.0.1:" + metrics.port() + "/"));
      chromium.awaitTrue("document.querySelectorAll('[data-shard]').length === 4");
      chromium.awaitTrue("document.body.innerText.includes('Drift: ')");

      assertThat(texts("[...document.querySelectorAll('.edge')].map(e => e.dataset.parent)"))
          .containsExactlyInAnyOrderElementsOf(names(parents));
      assertThat(texts("[...document.querySelectorAll('.edge')].map(e => e.dataset.child)"))
          .containsExactlyInAnyOrderElementsOf(names(children));
      assertThat(text("document.querySelector('svg.lineage').textContent"))
          .contains("▲ gap", "✓ read to its end", " continues …", "with 1 gap");
      assertThat(text("document.querySelector('svg.lineage').getAttribute('aria-label')"))
          .isEqualTo("Lineage of the shards of Watched-Orders");
      assertThat(text("document.querySelector('[aria-label^=Gaps]').innerText"))
          .contains("open", "TRIMMED", "the stream had trimmed what came next");
      assertThat(text("document.querySelector('[aria-label^=Schema]').innerText"))
          .contains("watched_orders");
      assertThat(text("document.querySelector('[aria-label^=Last]').innerText")).contains(" ms");
      assertThat(text("document.getElementById('health').innerText")).isEqualTo("healthy");
      assertNamesAreText();
      assertNoContents();

      assertItLives(worker);
      assertItFitsAPhoneAndTheNight();
      assertThat(chromium.complaints()).isEmpty();

      assertThat(worker.stop()).as(worker.err()).isZero();
      chromium.awaitTrue("document.body.innerText.includes('The worker does not answer')");
    }
  }

  private void assertNamesAreText() {
    assertThat(text("document.getElementById('worker').textContent")).isEqualTo(EVIL);
    assertThat(text("document.querySelector('svg.lineage').textContent"))
        .contains("is read by " + EVIL);
    assertThat(chromium.evaluate("document.images.length").asInt()).isZero();
    assertThat(
            texts(
                "performance.getEntriesByType('resource').map(e => new URL(e.name).host)"
                    + ".filter(host => host !== location.host)"))
        .as("requests to others")
        .isEmpty();
  }

  private void assertNoContents() {
    String all = text("document.documentElement.outerHTML");
    table.itemsAt(table.minute(30)).keySet().forEach(key -> assertThat(all).doesNotContain(key));
  }

  /** The figures change in the page that was opened once. */
  private void assertItLives(ChildProcess worker) {
    chromium.evaluate("window.sameDocument = true");
    table.write(25, table.minute(28), table.minute(29));
    setup.awaitRows(table.name(), 375, worker);
    await("the page's records")
        .atMost(Setup.PATIENCE)
        .until(() -> text("document.querySelector('.tiles').innerText").contains("Records\n175\n"));
    assertThat(chromium.evaluate("window.sameDocument").asBoolean()).isTrue();
  }

  private void assertItFitsAPhoneAndTheNight() {
    chromium.picture(PICTURES.resolve("lineage-light.png"));
    String day = ground();
    chromium.colours("dark");
    assertThat(ground()).isNotEqualTo(day).isEqualTo("rgb(17, 22, 28)");
    chromium.picture(PICTURES.resolve("lineage-dark.png"));
    chromium.screen(390, 844);
    assertThat(chromium.evaluate("document.documentElement.scrollWidth").asInt())
        .as("nothing stands out to the right of a phone's screen")
        .isLessThanOrEqualTo(390);
    chromium.picture(PICTURES.resolve("lineage-phone.png"));
  }

  private String ground() {
    return text("getComputedStyle(document.body).backgroundColor");
  }

  private String text(String expression) {
    return chromium.evaluate(expression).asText();
  }

  private List<String> texts(String expression) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : chromium.evaluate(expression)) {
      texts.add(text.asText());
    }
    return texts;
  }

  private static List<String> names(List<StreamShard> shards) {
    return shards.stream().map(shard -> shard.shard().value()).toList();
  }
}
