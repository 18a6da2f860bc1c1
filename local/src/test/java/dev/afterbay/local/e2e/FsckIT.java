package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FsckIT {
  private static final int VERDICT = 3;

  @TempDir static Path dir;

  private static Stage stage;
  private static TableName table;
  private static Setup good;

  /** Makes a lake whose first shard has ended and whose second one has several commits too. */
  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
    stage.needs(Cloud.Ability.OBJECTS_ARE_FILES);
    table = stage.table();
    good = stage.setup(table);
    try (CountingLoad load = CountingLoad.start(stage, table);
        ChildProcess worker = good.committing("{ max-age: 1s, max-records: 20 }").run("one")) {
      good.awaitRows(table, 100, worker);
      stage.rollShards();
      good.awaitRows(table, good.lake().rows(table) + 300, worker);
      load.stop();
      good.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void aGoodLakeIsSound() throws IOException {
    Setup.Finished fsck = good.fsck();

    assertThat(fsck.exitCode()).as(fsck.err()).isZero();
    JsonNode answer = new ObjectMapper().readTree(fsck.out());
    assertThat(answer.path("sound").asBoolean()).isTrue();
    JsonNode report = answer.path("tables").path(0);
    assertThat(report.path("table").asText()).isEqualTo(table.value());
    assertThat(report.path("shards").asInt()).isEqualTo(2);
    assertThat(report.path("files").asInt()).isEqualTo(good.lake().data(table).size());
    assertThat(report.path("commits").asInt()).isEqualTo(good.lake().log(table).size());
    assertThat(report.path("records").asLong()).isEqualTo(good.lake().rows(table));
    assertThat(report.path("findings")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void damageIsFoundAtTheObjectThatShowsIt(Damaging damaging) throws IOException {
    Setup copy = good.copiedTo("lake-" + damaging);
    Damaging.Expected expected = damaging.damage(copy.lake(), table);

    Setup.Finished fsck = copy.fsck();

    assertThat(fsck.exitCode()).as(fsck.out() + fsck.err()).isEqualTo(VERDICT);
    JsonNode answer = new ObjectMapper().readTree(fsck.out());
    assertThat(answer.path("sound").asBoolean()).isFalse();
    List<String> findings =
        answer.path("tables").findValues("findings").get(0).findParents("damage").stream()
            .map(finding -> finding.path("damage").asText() + " " + finding.path("key").asText())
            .toList();
    assertThat(findings).as(fsck.out()).contains(expected.finding());
  }

  @Test
  void theTextFormNamesTheObjectToo() throws IOException {
    Setup copy = good.copiedTo("lake-text");
    Damaging.Expected expected = Damaging.FILE_DELETED.damage(copy.lake(), table);
    try (ChildProcess fsck =
        Program.SERVICE.start(dir, "fsck", "--config", copy.config().toString())) {
      assertThat(fsck.exitCodeWithin(Setup.PATIENCE)).as(fsck.err()).isEqualTo(VERDICT);

      assertThat(fsck.out().lines())
          .anyMatch(line -> line.startsWith("  missing-file: " + expected.key() + ": "))
          .endsWith("The lake is damaged.");
    }
  }
}
