package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.export.ExportSettings;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.sinks.duck.SharedDuck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was trimmed before anybody read it is told by exports, whoever asks for it. */
@Execution(ExecutionMode.CONCURRENT)
class HealIT {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final String TYPED =
      """
      protect: { Note: hash }
      protect-key: env:%s
      entities: [ { name: healed_orders, match: { PK: "PK#{number}" } } ]
      """
          .formatted(ChildProcess.HASH_KEY);
  private static final int READ = 3_000;
  private static final int LOST = 10_000;
  private static final int KEPT = 600;
  private static final int VERDICT = 3;

  @TempDir Path dir;
  private Stage stage;
  private PastTable table;
  private StreamServer server;
  private Setup setup;

  @BeforeEach
  void aTableOfTheLastHours() {
    stage = Stage.open(dir);
    table = new PastTable("Healed-Orders", 11);
    server =
        StreamServer.startBefore(
            stage.aws().endpoints(),
            table.stream(),
            0,
            ExportSettings.ORDINARY.taking(Duration.ofMillis(1)));
    setup = stage.setup("healing", "{ max-age: 1s }", server.endpoint(), table.name()).with(TYPED);
  }

  @AfterEach
  void stop() {
    server.close();
    stage.close();
  }

  @Test
  void aWorkerHealsTheGapsThatItFinds() throws IOException {
    switchRecoveryOn();
    loseChanges(setup);
    WorkerMetrics metrics = WorkerMetrics.onFreePort();
    try (ChildProcess worker = setup.telling(metrics).run("two")) {
      await("the gaps are healed")
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                assertThat(worker.alive()).as(worker.err()).isTrue();
                return healings().size() == 2;
              });
      setup.awaitRows(table.name(), READ + KEPT + changedUnread().size(), worker);
      await("the metric tells so")
          .atMost(Setup.PATIENCE)
          .until(() -> metrics.sum("afterbay_gaps_open") == 0);

      assertHealed();

      Setup.Finished audit = setup.command("audit", "--json");
      assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
      assertThat(LakeFiles.json(audit.out()).path("tables").path(0).path("items").asInt())
          .isEqualTo(table.itemsAt(table.minute(60)).size());
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    setup.assertSound();
  }

  @Test
  @TakesLong
  void aHealingThatIsKilledIsGoneOnWithAndTellsEveryItemOnce() throws IOException {
    Setup manual = setup.edited("commit:", "heal: manual\ncommit:");
    loseChanges(manual);
    try (ChildProcess worker = manual.run("two")) {
      manual.awaitRows(table.name(), READ + KEPT, worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    assertThat(states()).containsExactly("open", "open");
    Setup.Finished refused = manual.command("heal");
    assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(VERDICT);
    assertThat(refused.out())
        .contains("has no point-in-time recovery")
        .contains("aws dynamodb update-continuous-backups --table-name Healed-Orders");
    assertThat(restore(manual, 15).err()).contains("lies in the gap TRIMMED of shard");
    assertThat(restore(manual, 24).err())
        .contains("lies after the gap TRIMMED of shard")
        .contains("'afterbay heal'");
    switchRecoveryOn();

    killHealingAt("_afterbay/exports");
    manual.assertSound();
    assertThat(states()).containsExactly("open", "open");
    killHealingAt("_afterbay/commits/" + table.name().folder() + "/*/heal-*");
    manual.assertSound();
    String healed = manual.printed("heal");

    assertThat(healed).contains("healed TRIMMED in ");
    assertHealed();
    assertThat(manual.printed("heal")).isEqualTo("Healed-Orders: no gap is open\n");
    assertThat(restore(manual, 15).err()).contains("lies in the gap TRIMMED of shard");
    for (int minute : new int[] {12, 24}) {
      Setup.Finished restored = restore(manual, minute);
      assertThat(restored.exitCode()).as(restored.err()).isZero();
      assertThat(LakeFiles.json(restored.out()).path("items").asInt())
          .isEqualTo(table.itemsAt(table.minute(minute)).size());
    }
  }

  private Setup.Finished restore(Setup setup, int minute) {
    return setup.command(
        "restore",
        "--at",
        table.minute(minute).toString(),
        "--drill",
        "--json",
        "--rate",
        "100000",
        "--from-changes-alone",
        "--without-protected");
  }

  @Test
  @TakesLong
  void theGapsOfShardsThatSplitMeanwhileAreHealed() throws IOException {
    switchRecoveryOn();
    Setup manual = setup.edited("commit:", "heal: manual\ncommit:");
    readAWhile(manual);
    table.write(LOST / 2, table.minute(14), table.minute(17));
    table.splitAll();
    table.write(LOST / 2, table.minute(17), table.minute(20));
    table.trimEverything();
    table.write(KEPT / 2, table.minute(22), table.minute(23));
    table.splitAll();
    table.write(KEPT / 2, table.minute(23), table.minute(25));
    try (ChildProcess worker = manual.run("two")) {
      manual.awaitRows(table.name(), READ + KEPT, worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    int gaps = states().size();
    assertThat(gaps).as("of two parents and of their four children").isGreaterThanOrEqualTo(4);

    manual.printed("heal");

    // The gap of a shard that has ended reaches until it was found.
    assertHealed(gaps, lastUntil().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
  }

  /** A worker reads for a while; what is written after it has gone is trimmed, but for the end. */
  private void loseChanges(Setup reading) {
    readAWhile(reading);
    table.write(LOST, table.minute(14), table.minute(20));
    table.trimAll();
    table.write(KEPT, table.minute(22), table.minute(25));
  }

  private void readAWhile(Setup reading) {
    // Two minutes after the exports' beginning nothing is written: no key is uncertain.
    table.write(READ - 100, table.minute(0), table.minute(5));
    table.write(100, table.minute(12), table.minute(13));
    try (ChildProcess worker = reading.run("one")) {
      reading.awaitRows(table.name(), READ, worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  private void switchRecoveryOn() {
    stage.switchRecoveryOn(server.endpoint(), table.name());
  }

  /** Ends a healing with SIGKILL as soon as there is a file in a folder of the lake. */
  private void killHealingAt(String place) {
    try (ChildProcess heal =
        Program.SERVICE.start(dir, "heal", "--config", setup.config().toString())) {
      await(place)
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> exists(place) || !heal.alive());
      assertThat(heal.alive()).as("a healing to be killed: %s", heal.err()).isTrue();
      heal.kill();
    }
  }

  private boolean exists(String place) {
    Path root = setup.lake().root();
    PathMatcher matcher = root.getFileSystem().getPathMatcher("glob:" + root + "/" + place + "/**");
    return LakeFiles.files(root).stream().anyMatch(matcher::matches);
  }

  /** Both gaps end with a record that was read, so that seconds soon after them are outside. */
  private void assertHealed() throws IOException {
    assertHealed(2, lastUntil(), table.minute(24), table.minute(25), table.minute(90));
  }

  /** The lake tells what the items are and were, now and at seconds outside the gaps. */
  private void assertHealed(int gaps, Instant... after) throws IOException {
    assertThat(states()).hasSize(gaps).containsOnly("healed");
    List<Instant> moments = new ArrayList<>(List.of(after));
    moments.addAll(List.of(table.minute(2), table.minute(5), table.minute(13)));
    Map<String, Map<String, String>> expected = new TreeMap<>();
    moments.forEach(at -> expected.put(second(at), table.itemsAt(at)));
    expected.put("now", table.itemsAt(table.minute(90)));
    assertThat(told(moments)).isEqualTo(expected);
    assertThat(rows("SELECT PK FROM healed_orders_changes WHERE cdc_origin = 'HEAL' ORDER BY 1"))
        .containsExactlyElementsOf(changedUnread());
    assertThat(
            rows(
                "SELECT cdc_key::JSON ->> '$.PK.S' FROM healed_orders WHERE cdc_origin = 'HEAL'"
                    + " ORDER BY 1"))
        .containsExactlyElementsOf(changedUnread());
    assertThat(healings()).hasSize(gaps);
    assertThat(healings().stream().mapToInt(Integer::parseInt).sum())
        .isEqualTo(changedUnread().size());
    setup.assertSound();
  }

  /** The keys of which the lake must be told, as it is wrong about them at the end of the gaps. */
  private TreeSet<String> changedUnread() {
    Map<String, String> before = table.itemsAt(table.minute(13));
    Map<String, String> after = table.itemsAt(table.minute(21));
    TreeSet<String> changed = new TreeSet<>(before.keySet());
    changed.addAll(after.keySet());
    changed.removeIf(key -> String.valueOf(before.get(key)).equals(String.valueOf(after.get(key))));
    return changed;
  }

  private Map<String, Map<String, String>> told(List<Instant> moments) throws IOException {
    String question =
        moments.stream()
            .map(at -> told(second(at), "as_of('" + second(at) + "')"))
            .collect(Collectors.joining(" UNION ALL ", "", " UNION ALL " + told("now", "current")));
    Map<String, Map<String, String>> told = new TreeMap<>();
    for (JsonNode row : LakeFiles.json(setup.printed("query", "--format", "json", question))) {
      String twice =
          told.computeIfAbsent(row.path("moment").asText(), moment -> new TreeMap<>())
              .put(row.path("PK").asText(), row.path("version").asText());
      assertThat(twice).as("%s", row).isNull();
    }
    return told;
  }

  private static String told(String moment, String state) {
    return "SELECT '%s' AS moment, PK, new_image::JSON ->> '$.Version.N' AS version FROM healed_orders_changes_%s"
        .formatted(moment, state);
  }

  private Instant lastUntil() throws IOException {
    List<Instant> ends = new ArrayList<>();
    gaps().forEach(gap -> ends.add(Instant.parse(gap.path("until").asText())));
    return ends.stream().max(Instant::compareTo).orElseThrow();
  }

  private List<String> states() throws IOException {
    List<String> states = new ArrayList<>();
    gaps().forEach(gap -> states.add(gap.path("state").asText()));
    return states;
  }

  private JsonNode gaps() throws IOException {
    return LakeFiles.json(setup.printed("status", "--json")).path("tables").path(0).path("gaps");
  }

  /** How many rows each healing wrote, as any reader of the files finds it. */
  private List<String> healings() throws IOException {
    Path folder = setup.lake().root().resolve(table.name().folder()).resolve("healings");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return SharedDuck.ask(
            "SELECT healed_rows FROM read_parquet('%s/**/*.parquet')".formatted(folder))
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private List<String> rows(String sql) {
    return setup.printed("query", "--format", "csv", sql).lines().skip(1).toList();
  }

  private static String second(Instant at) {
    return SECOND.format(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
  }
}
