package dev.afterbay.local.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.TableName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items erased beside a worker, from a lake of which every byte is read afterwards. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EraseIT {
  /** Each stands in the key and in an attribute of one item, and nowhere else. */
  private static final String FIRST = "planted-4711-xyzzy";

  private static final String SECOND = "planted-0815-plugh";
  private static final int ITEMS = 20;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @TempDir static Path dir;

  private static Stage stage;
  private static TableName kept;
  private static TableName rederived;
  private static Setup setup;
  private static ChildProcess worker;

  /**
   * A table of which everything was set aside once and read again, with a snapshot and an export;
   * and one whose typed table was made anew.
   */
  @BeforeAll
  static void aLakeWithEverythingThatHoldsItems() {
    stage = Stage.open(dir);
    kept = stage.recoverable();
    rederived = stage.table();
    setup = typed(rederived, "users", typed(kept, "people", stage.setup(kept, rederived)));
    try (ChildProcess first = setup.run("one")) {
      for (int round = 0; round < 3; round++) {
        for (TableName table : setup.tables()) {
          for (int i = 0; i < ITEMS; i++) {
            put(table, "USER#" + i, "round " + round, round);
          }
          put(table, "USER#" + FIRST, FIRST + " in round " + round, round);
          put(table, "USER#" + SECOND, SECOND + " in round " + round, round);
        }
        setup.awaitAll(first);
      }
      setup.printed("snapshot", "--table", kept.value());
      assertThat(first.stop()).as(first.err()).isZero();
    }
    Setup anew = setup.edited("N: bigint", "N: \"decimal(20,2)\"");
    anew.printed("rederive", "--entity", "users", "--table", rederived.value());
    setup.printed("replay", "--table", kept.value(), "--from", "2026-01-01T00:00:00Z");
    worker = setup.run("two");
    setup.awaitAll(worker);
  }

  private static Setup typed(TableName table, String entity, Setup setup) {
    String line = "  - name: " + table + "\n";
    return setup.edited(
        line,
        line
            + """
            entities:
              - name: %s
                match: { PK: "USER#{user}", SK: "1" }
                columns: { N: bigint }
            """
                .formatted(entity)
                .indent(4));
  }

  @AfterAll
  static void close() {
    if (worker != null) {
      worker.close();
    }
    stage.close();
  }

  @Test
  @Order(1)
  void whatIsNoKeyOrNotAskedForIsRefusedAndNotRepeated() {
    Setup.Finished half = erase(kept, "--key", "{\"PK\":{\"S\":\"" + FIRST + "\"}}");
    Setup.Finished unsaid = setup.command("erase", "--key", key(FIRST));

    assertThat(half.exitCode()).isEqualTo(FAILED);
    assertThat(half.err()).contains("Key 1 is none of the table").doesNotContain(FIRST);
    assertThat(unsaid.exitCode()).isEqualTo(USAGE);
    assertThat(unsaid.err()).contains("name one with --table");
  }

  @Test
  @Order(2)
  void anErasedItemIsNowhereAndEverythingElseIsAsItWas() throws Exception {
    Map<String, List<String>> before = rows();
    assertThat(before.keySet())
        .anyMatch(folder -> folder.startsWith("_afterbay/rewound"))
        .contains(
            kept.folder() + "/people_snapshots",
            kept.folder() + "/snapshots",
            rederived.folder() + "/users__g2");
    assertThat(findings(FIRST)).anyMatch(file -> file.contains("AWSDynamoDB"));
    JsonNode planned =
        LakeFiles.json(erase(kept, "--key", key(FIRST), "--dry-run", "--json").out());
    assertThat(rows()).as("a dry run changes nothing").isEqualTo(before);

    JsonNode erased = erased(kept, FIRST);
    assertThat(erased.path("folders")).isEqualTo(planned.path("folders"));
    assertThat(erased.path("stillThere").asInt()).isEqualTo(1);
    assertThat(findings(FIRST)).allMatch(file -> file.startsWith(rederived.folder()));
    assertThat(erased(rederived, FIRST).path("folders").has("users__g2")).isTrue();

    assertThat(findings(FIRST)).isEmpty();
    assertThat(rows()).isEqualTo(without(FIRST, before));
    setup.printed("fsck", "--deep");
    assertThat(erased(kept, FIRST).path("rows").asInt()).isZero();
    aWorkerGoesOn();
  }

  @Test
  @TakesLong
  @Order(3)
  void aKilledErasureLeavesASoundLakeAndIsGoneOnWith() throws Exception {
    Map<String, List<String>> before = rows();
    int kills = 0;
    for (int files = 1; files <= 5; files += 2) {
      kills += killed(files) ? 1 : 0;
      setup.assertSound();
      assertThat(without(SECOND, rows())).isEqualTo(without(SECOND, before));
    }
    assertThat(kills).isPositive();

    erased(kept, SECOND);
    erased(rederived, SECOND);

    assertThat(findings(SECOND)).isEmpty();
    assertThat(rows()).isEqualTo(without(SECOND, before));
    setup.printed("fsck", "--deep");
    assertThat(worker.stop()).as(worker.err()).isZero();
    // What was derived counts rows of which the last ones are gone.
    setup.printed("rederive", "--entity", "users", "--table", rederived.value());
    setup.assertSound();
  }

  private static JsonNode erased(TableName table, String planted) {
    Setup.Finished finished = erase(table, "--key", key(planted), "--json");
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    return LakeFiles.json(finished.out());
  }

  private static Setup.Finished erase(TableName table, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--table", table.value()));
    all.addAll(List.of(arguments));
    return setup.command("erase", all.toArray(String[]::new));
  }

  private static String key(String planted) {
    return "{\"PK\":{\"S\":\"USER#" + planted + "\"},\"SK\":{\"S\":\"1\"}}";
  }

  /** The last file of its log is not what was committed, and the same worker writes on. */
  private static void aWorkerGoesOn() {
    assertThat(worker.alive()).as(worker.err()).isTrue();
    long before = setup.lake().rows(kept);
    put(kept, "USER#later", "later", 1);
    setup.awaitRows(kept, before + 1, worker);
    setup.assertSound();
  }

  /** Ends an erasure with SIGKILL as soon as it has rewritten so many files. */
  private static boolean killed(int files) {
    try (ChildProcess erase =
        Program.SERVICE.start(
            dir,
            "erase",
            "--config",
            setup.config().toString(),
            "--table",
            kept.value(),
            "--key",
            key(SECOND))) {
      await("rewritten files")
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(2))
          .until(
              () ->
                  !erase.alive()
                      || erase.err().lines().filter(line -> line.contains("rewrote")).count()
                          >= files);
      boolean alive = erase.alive();
      erase.kill();
      return alive;
    }
  }

  private static void put(TableName table, String key, String text, int number) {
    stage
        .clients()
        .tables()
        .putItem(
            r ->
                r.tableName(table.value())
                    .item(
                        Map.of(
                            "PK",
                            AttributeValue.fromS(key),
                            "SK",
                            AttributeValue.fromS("1"),
                            "Text",
                            AttributeValue.fromS(text),
                            "N",
                            AttributeValue.fromN("" + number))));
  }

  /** The files of the lake that hold a text, as they are, inflated, or in any value of a row. */
  private static List<String> findings(String text) throws IOException {
    List<String> findings = new ArrayList<>();
    for (Path file : files("")) {
      byte[] bytes = Files.readAllBytes(file);
      if (new String(bytes, UTF_8).contains(text)
          || new String(inflated(file, bytes), UTF_8).contains(text)
          || values(file).stream().anyMatch(row -> row.contains(text))) {
        findings.add(path(file));
      }
    }
    return findings;
  }

  private static byte[] inflated(Path file, byte[] bytes) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return bytes;
    }
    try (GZIPInputStream inflated = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return inflated.readAllBytes();
    }
  }

  private static List<String> values(Path file) {
    return file.toString().endsWith(".parquet")
        ? SharedDuck.ask(
                "SELECT t::VARCHAR FROM read_parquet('%s', hive_partitioning = false) t"
                    .formatted(file))
            .stream()
            .map(row -> row.get(0))
            .toList()
        : List.of();
  }

  /** All rows of all files, by folder. */
  private static Map<String, List<String>> rows() throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Path file : files(".parquet")) {
      rows.computeIfAbsent(
              path(file).replaceFirst("^([^/]*/[^/]*)/.*", "$1"), folder -> new ArrayList<>())
          .addAll(values(file));
    }
    rows.values().forEach(all -> all.sort(null));
    return rows;
  }

  private static Map<String, List<String>> without(String text, Map<String, List<String>> rows) {
    Map<String, List<String>> left = new TreeMap<>();
    rows.forEach(
        (folder, all) ->
            left.put(folder, all.stream().filter(row -> !row.contains(text)).toList()));
    return left;
  }

  private static String path(Path file) {
    return setup.lake().root().relativize(file).toString();
  }

  private static List<Path> files(String ending) {
    return LakeFiles.files(setup.lake().root(), ending);
  }
}
