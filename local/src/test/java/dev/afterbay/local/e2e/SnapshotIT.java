package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables that are older than the reading of their streams, and go on being written. */
@Execution(ExecutionMode.CONCURRENT)
class SnapshotIT {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void theStateIsRightAsSoonAsTheSnapshotIsCompleteThoughWritesGoOn() throws IOException {
    TableName table = stage.recoverable();
    for (int i = 0; i < 200; i++) {
      put(table, i, "old");
    }
    Setup setup = readFromNowOn(table);
    for (int i = 0; i < 60; i++) {
      put(table, i, "before the snapshot");
    }
    delete(table, 61);
    AtomicBoolean over = new AtomicBoolean();
    try (ChildProcess worker = setup.run("w1")) {
      setup.awaitRows(table, 61, worker);
      assertThat(current(setup, table)).as("what is older is not known yet").hasSize(60);
      CompletableFuture<Void> writes = CompletableFuture.runAsync(() -> write(table, over));

      String printed = setup.printed("snapshot", "--json");
      over.set(true);
      writes.join();

      assertThat(printed).contains("\"complete\" : true");
      assertCurrent(setup, table);
      put(table, 300, "after the snapshot");
      delete(table, 5);
      delete(table, 199);
      assertCurrent(setup, table);
      String again = setup.printed("snapshot", "--at", moment(setup, table));
      assertThat(again).contains("was complete before");
    }
    setup.assertSound();
  }

  @Test
  @TakesLong
  void aSnapshotThatWasKilledIsGoneOnWithAndHasEveryItemOnce() throws IOException {
    TableName table = stage.recoverable();
    for (int i = 0; i < 300; i++) {
      put(table, i, "old");
    }
    Setup setup = readFromNowOn(table);
    Path notes = setup.lake().root().resolve("_afterbay/snapshots/" + table.folder());
    try (ChildProcess killed =
        Program.SERVICE.start(stage.dir(), "snapshot", "--config", setup.config().toString())) {
      await("a snapshot that was begun")
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> Files.isDirectory(notes));
      killed.kill();
    }
    setup.assertSound();

    setup.printed("snapshot");

    setup.assertSound();
    String sql =
        "SELECT count(*) || ' ' || count(DISTINCT \"PK\") || ' ' || count(DISTINCT snapshot) FROM "
            + table.folder()
            + "_snapshots";
    assertThat(rows(setup, sql)).containsExactly("300 300 1");
    assertCurrent(setup, table);
  }

  /** A lake whose workers keep nothing that was written until now. */
  private static Setup readFromNowOn(TableName table) throws IOException {
    Instant start = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Setup setup = stage.setup(table).edited("commit:", "start: latest\ncommit:");
    Path note = setup.lake().root().resolve("_afterbay/starts/" + table.folder() + ".json");
    Files.createDirectories(Objects.requireNonNull(note.getParent()));
    Files.writeString(
        note, "{\"table\":\"%s\",\"notBefore\":\"%s\"}".formatted(table.value(), start));
    await("the start of the reading").until(() -> CLOCK.instant().isAfter(start));
    return setup;
  }

  private static void write(TableName table, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      put(table, i % 150 + 100, "meanwhile " + i);
      if (i % 5 == 0) {
        delete(table, i % 150 + 90);
      }
    }
  }

  private static void put(TableName table, int number, String value) {
    stage
        .clients()
        .tables()
        .putItem(
            r ->
                r.tableName(table.value())
                    .item(
                        Map.of(
                            "PK",
                            AttributeValue.fromS("k" + number),
                            "SK",
                            AttributeValue.fromS("s"),
                            "V",
                            AttributeValue.fromS(value))));
  }

  private static void delete(TableName table, int number) {
    stage
        .clients()
        .tables()
        .deleteItem(
            r ->
                r.tableName(table.value())
                    .key(
                        Map.of(
                            "PK",
                            AttributeValue.fromS("k" + number),
                            "SK",
                            AttributeValue.fromS("s"))));
  }

  /** Nothing may be written meanwhile; the worker commits once a second. */
  private static void assertCurrent(Setup setup, TableName table) {
    List<String> items =
        stage.clients().tables().scan(r -> r.tableName(table.value())).items().stream()
            .map(item -> text(item, "PK") + " " + text(item, "V"))
            .toList();
    await("the state of " + table)
        .atMost(Setup.PATIENCE)
        .untilAsserted(
            () -> assertThat(current(setup, table)).containsExactlyInAnyOrderElementsOf(items));
  }

  private static String text(Map<String, AttributeValue> item, String attribute) {
    return Objects.requireNonNull(item.get(attribute), attribute).s();
  }

  private static List<String> current(Setup setup, TableName table) {
    return rows(
        setup,
        "SELECT \"PK\" || ' ' || regexp_extract(new_image, '\"V\":.\"S\":\"([^\"]*)\"', 1) FROM "
            + table.folder()
            + "_changes_current");
  }

  private static String moment(Setup setup, TableName table) {
    String name =
        rows(setup, "SELECT DISTINCT snapshot FROM " + table.folder() + "_snapshots").get(0);
    return name.replaceFirst("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z");
  }

  private static List<String> rows(Setup setup, String sql) {
    return setup.printed("query", "--format", "csv", sql).lines().skip(1).toList();
  }
}
