package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A lake of two shards that is taken back again and again, and read again each time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayIT {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @TempDir static Path dir;

  private static Stage stage;
  private static TableName table;
  private static Setup setup;
  private static List<List<String>> rows;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
    table = stage.table();
    setup = stage.setup(table).committing("{ max-age: 1s, max-records: 20 }");
    try (CountingLoad load = CountingLoad.start(stage, table);
        ChildProcess worker = setup.run("one")) {
      setup.awaitRows(table, 300, worker);
      stage.rollShards();
      setup.awaitRows(table, setup.lake().rows(table) + 300, worker);
      // A page is committed whole, and the child may be read in one.
      await("three commits of the child")
          .atMost(Setup.PATIENCE)
          .until(() -> shardsOfTheLog() > 1 && lastShard().size() > 2);
      load.stop();
      setup.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    rows = rows();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  @Order(1)
  void aDryRunOnlyTells() {
    List<Path> log = setup.lake().log(table);

    JsonNode told =
        LakeFiles.json(
            setup.printed("replay", "--from", "2026-01-01T00:00:00Z", "--dry-run", "--json"));

    assertThat(told.findValues("shard")).hasSize(2);
    assertThat(told.findValues("records").stream().mapToLong(JsonNode::asLong).sum())
        .isEqualTo(rows.size());
    assertThat(setup.lake().log(table)).isEqualTo(log);
  }

  @Test
  @Order(4)
  void tenSecondsAreReadAgainExactlyOnce() {
    Instant from =
        Instant.parse(lastEntry().path("records").path("to").asText())
            .truncatedTo(ChronoUnit.SECONDS)
            .minusSeconds(10);

    long gone = replay("--from", from.toString());

    assertThat(gone).isPositive();
    assertThat(setup.lake().rows(table)).isEqualTo(rows.size() - gone);
    assertThat(setup.fsck().exitCode()).isZero();
    readAgain();
  }

  @Test
  @Order(2)
  void whatComesAfterACommitIsReadAgainExactlyOnce() {
    List<JsonNode> shard = lastShard();
    JsonNode kept = shard.get(shard.size() - 2);

    long gone = replay("--to-commit", kept.path("commit").asText());

    assertThat(gone).isEqualTo(shard.get(shard.size() - 1).path("records").path("count").asLong());
    readAgain();
  }

  @Test
  @TakesLong
  @Order(3)
  void theEndOfAParentTakesItsChildWithIt() {
    JsonNode first = live().get(0);

    long gone = replay("--to-commit", first.path("commit").asText());

    assertThat(gone).isEqualTo(rows.size() - first.path("records").path("count").asLong());
    readAgain();
  }

  @Test
  @TakesLong
  @Order(5)
  void everythingIsReadAgainExactlyOnce() {
    assertThat(replay("--from", "2026-01-01T00:00:00Z")).isEqualTo(rows.size());
    assertThat(setup.lake().rows(table)).isZero();

    readAgain();
  }

  @Test
  @TakesLong
  @Order(6)
  void aReplayThatIsKilledIsRepeatedAndMeanwhileNoWorkerGoesOn() {
    int killed = 0;
    Path rewinds = setup.lake().root().resolve("_afterbay/rewinds");
    Path aside = setup.lake().root().resolve("_afterbay/rewound");
    for (int step = 0; step < 4; step++) {
      long notes = files(rewinds);
      long kept = files(aside);
      long entries = setup.lake().log(table).size();
      int until = step;
      killed +=
          killWhen(
                  () ->
                      switch (until) {
                        case 0 -> setup.lake().log(table).size() > entries;
                        case 1 -> files(aside) > kept;
                        case 2 -> files(aside) > kept + 10;
                        default -> files(rewinds) > notes;
                      })
              ? 1
              : 0;
      if (setup.fsck().out().contains("unfinished-rewind")) {
        try (ChildProcess worker = setup.run("early")) {
          await("the worker's refusal")
              .atMost(Setup.PATIENCE)
              .until(() -> worker.err().contains("run it again"));
        }
      }
      replay("--from", "2026-01-01T00:00:00Z");
      assertThat(setup.lake().rows(table)).isZero();
      readAgain();
    }
    System.out.println("replay was killed " + killed + " times on its way");
    assertThat(killed).isPositive();
  }

  @Test
  @Order(7)
  void itIsRefusedWhileAWorkerReads() {
    try (ChildProcess worker = setup.run("busy")) {
      await("the leases")
          .atMost(Setup.PATIENCE)
          .until(() -> setup.owner(table).filter("busy"::equals).isPresent());

      Setup.Finished refused = setup.command("replay", "--from", "2026-01-01T00:00:00Z");

      assertThat(refused.exitCode()).isEqualTo(FAILED);
      assertThat(refused.err()).contains("by busy", "Stop them");
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    assertThat(rows()).isEqualTo(rows);
  }

  @Test
  @Order(8)
  void whatMakesNoSenseIsRefused() {
    assertThat(setup.command("replay").exitCode()).isEqualTo(USAGE);
    assertThat(setup.command("replay", "--from", "2999-01-01T00:00:00Z").exitCode())
        .isEqualTo(USAGE);
    Setup.Finished unknown = setup.command("replay", "--to-commit", "00000000-none");
    assertThat(unknown.exitCode()).isEqualTo(FAILED);
    assertThat(unknown.err())
        .contains("No log that can be taken back has the commit 00000000-none");
  }

  /** How many records are to be read again. */
  private static long replay(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    JsonNode answer = LakeFiles.json(setup.printed("replay", all.toArray(String[]::new)));
    return answer.findValues("records").stream().mapToLong(JsonNode::asLong).sum();
  }

  private static void readAgain() {
    try (ChildProcess worker = setup.run("again")) {
      setup.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    setup.assertExact();
    Setup.Finished fsck = setup.fsck();
    assertThat(fsck.exitCode()).as(fsck.out() + fsck.err()).isZero();
    assertThat(rows()).isEqualTo(rows);
  }

  private static boolean killWhen(BooleanSupplier now) {
    try (ChildProcess replay =
        Program.SERVICE.start(
            dir,
            "replay",
            "--config",
            setup.config().toString(),
            "--from",
            "2026-01-01T00:00:00Z")) {
      await("a step of the replay")
          .atMost(Setup.PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> !replay.alive() || now.getAsBoolean());
      boolean alive = replay.alive();
      replay.kill();
      return alive;
    }
  }

  private static long files(Path folder) {
    return LakeFiles.files(folder).size();
  }

  /** All that a row has, so that no other row can pass for it. */
  private static List<List<String>> rows() {
    return LakeFiles.ask(
        "SELECT * FROM "
            + setup.lake().changes(table)
            + " ORDER BY cdc_stream, cdc_shard, cdc_seq");
  }

  private static JsonNode lastEntry() {
    List<JsonNode> shard = lastShard();
    return shard.get(shard.size() - 1);
  }

  private static long shardsOfTheLog() {
    return live().stream().map(entry -> entry.path("shard").asText()).distinct().count();
  }

  /** The entries with records of the last shard. */
  private static List<JsonNode> lastShard() {
    List<JsonNode> live = live();
    String last = live.get(live.size() - 1).path("shard").asText();
    return live.stream()
        .filter(entry -> entry.path("shard").asText().equals(last))
        .filter(entry -> entry.path("records").isObject())
        .toList();
  }

  /** The entries that were not taken back, shard by shard. */
  private static List<JsonNode> live() {
    List<JsonNode> live = new ArrayList<>();
    for (Path file : setup.lake().log(table)) {
      JsonNode entry = LakeFiles.json(file);
      JsonNode rewind = entry.path("rewind");
      if (rewind.isObject()) {
        String cut = rewind.path("cut").asText();
        live.removeIf(
            before ->
                before.path("shard").equals(entry.path("shard"))
                    && before.path("after").asText().compareTo(cut) >= 0);
      } else {
        live.add(entry);
      }
    }
    return live;
  }
}
