package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsckRestoreIT {
  private static final int VERDICT = 3;
  private static final int DELETED = 20;
  private static final long SEED = 20261128;

  @TempDir static Path dir;

  private static Stage stage;
  private static TableName table;
  private static Setup setup;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
    table = stage.table();
    setup = stage.setup(table).committing("{ max-age: 1s, max-records: 20 }");
    try (CountingLoad load = CountingLoad.start(stage, table);
        ChildProcess worker = setup.run("one")) {
      awaitFiles(DELETED / 2);
      stage.rollShards();
      awaitFiles(DELETED + DELETED / 2);
      load.stop();
      setup.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void twentyDeletedFilesAreNamedAndComeBackWithTheSameRows() throws IOException {
    List<List<String>> before = rows();
    List<Path> files = new ArrayList<>(setup.lake().data(table));
    Collections.shuffle(files, new Random(SEED));
    List<String> deleted = new ArrayList<>();
    for (Path file : files.subList(0, DELETED)) {
      deleted.add(setup.lake().key(file));
      Files.delete(file);
    }
    assertThat(setup.fsck().exitCode()).isEqualTo(VERDICT);

    JsonNode answer = LakeFiles.json(setup.printed("fsck", "--deep", "--restore", "--json"));

    assertThat(answer.path("restored").findValuesAsText("key"))
        .containsExactlyInAnyOrderElementsOf(deleted);
    assertThat(answer.path("notRestored")).isEmpty();
    assertThat(answer.path("sound").asBoolean()).isTrue();
    assertThat(answer.path("tables").path(0).path("rowsRead").asLong()).isEqualTo(before.size());
    assertThat(rows()).isEqualTo(before);
    setup.assertExact();
  }

  @Test
  void whatBelongsToNoCommitIsRemovedAndNothingElse() throws IOException {
    List<List<String>> before = rows();
    Path file = setup.lake().data(table).get(0);
    Path stray = file.resolveSibling("stray.parquet");
    Files.copy(file, stray);
    // Of a worker, perhaps, that is just about to commit it.
    String begun = setup.lake().key(file.resolveSibling("begun.parquet"));
    stage
        .clients()
        .objects()
        .createMultipartUpload(r -> r.bucket(stage.aws().endpoints().bucket()).key(begun));
    assertThat(setup.fsck().out()).contains("stray-file", setup.lake().key(stray));

    JsonNode answer = LakeFiles.json(setup.printed("fsck", "--clean", "--json"));

    assertThat(answer.path("removed"))
        .singleElement()
        .extracting(JsonNode::asText)
        .isEqualTo(setup.lake().key(stray));
    assertThat(answer.path("droppedUploads")).isEmpty();
    assertThat(answer.path("uploadsLeft").asLong()).isEqualTo(1);
    assertThat(answer.path("sound").asBoolean()).isTrue();
    assertThat(stray).doesNotExist();
    assertThat(rows()).isEqualTo(before);
    setup.assertExact();
  }

  private static void awaitFiles(int number) {
    await("commits").atMost(Setup.PATIENCE).until(() -> setup.lake().data(table).size() >= number);
  }

  private static List<List<String>> rows() {
    return SharedDuck.ask(
        "SELECT * FROM "
            + setup.lake().changes(table)
            + " ORDER BY cdc_stream, cdc_shard, cdc_seq");
  }
}
