package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
  private static TakenBack lake;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
    table = stage.table();
    setup = stage.setup(table).committing("{ max-age: 1s, max-records: 20 }");
    lake = TakenBack.filled(setup, table, 300);
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
        LakeFiles.json(setup.printed("replay", "--from", TakenBack.ALL, "--dry-run", "--json"));

    assertThat(told.findValues("shard")).hasSize(2);
    assertThat(told.findValues("records").stream().mapToLong(JsonNode::asLong).sum())
        .isEqualTo(lake.rows().size());
    assertThat(setup.lake().log(table)).isEqualTo(log);
  }

  @Test
  @Order(4)
  void tenSecondsAreReadAgainExactlyOnce() {
    Instant from =
        Instant.parse(lastEntry().path("records").path("to").asText())
            .truncatedTo(ChronoUnit.SECONDS)
            .minusSeconds(10);

    long gone = lake.replay("--from", from.toString());

    assertThat(gone).isPositive();
    assertThat(setup.lake().rows(table)).isEqualTo(lake.rows().size() - gone);
    assertThat(setup.fsck().exitCode()).isZero();
    lake.readAgain();
  }

  @Test
  @Order(2)
  void whatComesAfterACommitIsReadAgainExactlyOnce() {
    List<JsonNode> shard = lake.lastShard();
    JsonNode kept = shard.get(shard.size() - 2);

    long gone = lake.replay("--to-commit", kept.path("commit").asText());

    assertThat(gone).isEqualTo(shard.get(shard.size() - 1).path("records").path("count").asLong());
    lake.readAgain();
  }

  @Test
  @TakesLong
  @Order(3)
  void theEndOfAParentTakesItsChildWithIt() {
    JsonNode first = lake.live().get(0);

    long gone = lake.replay("--to-commit", first.path("commit").asText());

    assertThat(gone).isEqualTo(lake.rows().size() - first.path("records").path("count").asLong());
    lake.readAgain();
  }

  @Test
  @TakesLong
  @Order(5)
  void everythingIsReadAgainExactlyOnce() {
    assertThat(lake.replay("--from", TakenBack.ALL)).isEqualTo(lake.rows().size());
    assertThat(setup.lake().rows(table)).isZero();

    lake.readAgain();
  }

  @Test
  @Order(6)
  void itIsRefusedWhileAWorkerReads() {
    try (ChildProcess worker = setup.run("busy")) {
      await("the leases")
          .atMost(Setup.PATIENCE)
          .until(() -> setup.owner(table).filter("busy"::equals).isPresent());

      Setup.Finished refused = setup.command("replay", "--from", TakenBack.ALL);

      assertThat(refused.exitCode()).isEqualTo(FAILED);
      assertThat(refused.err()).contains("by busy", "Stop them");
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    assertThat(lake.rowsNow()).isEqualTo(lake.rows());
  }

  @Test
  @Order(7)
  void whatMakesNoSenseIsRefused() {
    assertThat(setup.command("replay").exitCode()).isEqualTo(USAGE);
    assertThat(setup.command("replay", "--from", "2999-01-01T00:00:00Z").exitCode())
        .isEqualTo(USAGE);
    Setup.Finished unknown = setup.command("replay", "--to-commit", "00000000-none");
    assertThat(unknown.exitCode()).isEqualTo(FAILED);
    assertThat(unknown.err())
        .contains("No log that can be taken back has the commit 00000000-none");
  }

  private static JsonNode lastEntry() {
    List<JsonNode> shard = lake.lastShard();
    return shard.get(shard.size() - 1);
  }
}
