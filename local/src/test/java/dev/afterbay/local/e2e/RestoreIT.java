package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.export.ExportSettings;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tables restored by the command into a real table, from the lake of a real worker. */
class RestoreIT {
  private static final int VERDICT = 3;
  private static final int FAILED = 1;
  private static final int CHANGES = 6_000;
  private static final int MINUTES = 40;
  private static final int ITEMS = 1_500;

  @TempDir Path dir;
  private Stage stage;

  @BeforeEach
  void open() {
    stage = Stage.open(dir);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aTableIsRestoredAsItWasAtAnySecond() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    PastTable table = new PastTable("Past-Orders", seed);
    try (StreamServer server =
        StreamServer.startBefore(
            stage.aws().endpoints(),
            table.stream(),
            0,
            ExportSettings.ORDINARY.taking(Duration.ofMillis(1)))) {
      Setup setup = stage.setup("restoring", "{ max-age: 1s }", server.endpoint(), table.name());
      table.write(CHANGES, table.minute(0), table.minute(MINUTES));
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table.name(), CHANGES, worker);
        assertThat(worker.stop()).as(worker.err()).isZero();
      }
      Instant first = table.minute(0);
      assertThat(setup.command("restore", "--at", first.toString(), "--to-table", "early").err())
          .contains("did not exist: the lake begins at");

      for (int i = 0; i < 5; i++) {
        Instant at = first.plusSeconds(60 + random.nextInt((MINUTES - 2) * 60));
        String target = "restored-" + i;

        JsonNode restored =
            LakeFiles.json(
                setup.printed(
                    "restore",
                    "--at",
                    at.toString(),
                    "--to-table",
                    target,
                    "--rate",
                    "100000",
                    "--from-changes-alone",
                    "--json"));

        Map<String, Map<String, AttributeValue>> expected = table.imagesAt(at);
        assertThat(items(target)).as("seed %s at %s", seed, at).isEqualTo(expected);
        assertThat(restored.path("equal").asBoolean()).isTrue();
        assertThat(restored.path("items").asInt()).isEqualTo(expected.size()).isPositive();
      }
      setup.assertSound();
    }
  }

  @Test
  @TakesLong
  void aKilledRestoreGoesOnAndMixesNothing() throws IOException {
    TableName table = stage.table();
    Setup setup = stage.setup(table);
    Map<String, Map<String, AttributeValue>> items = rich(ITEMS);
    putAll(table, items);
    Instant at;
    try (ChildProcess worker = setup.run("one")) {
      setup.awaitAll(worker);
      at = covered(setup, worker);
      String[] restore = {"--at", at.toString(), "--to-table", "again", "--rate", "300"};
      killMidway(setup, restore);
      int before = items("again").size();
      assertThat(before).isBetween(1, ITEMS - 1);

      assertThat(
              setup.command("restore", "--at", "" + at.plusSeconds(1), "--to-table", "again").err())
          .contains("is being filled with '" + table + "' at " + at)
          .contains("must not be mixed");
      JsonNode restored = LakeFiles.json(setup.printed("restore", with(restore, "--json")));

      assertThat(items("again")).isEqualTo(items);
      assertThat(restored.path("written").asInt()).isBetween(1, ITEMS - before);
      Setup.Finished third = setup.command("restore", restore);
      assertThat(third.exitCode()).isEqualTo(FAILED);
      assertThat(third.err()).contains("was restored to " + at + " and verified at");

      JsonNode drill =
          LakeFiles.json(setup.printed("restore", "--drill", "--rate", "100000", "--json"));
      assertThat(drill.path("equal").asBoolean()).isTrue();
      assertThat(drill.path("items").asInt()).isEqualTo(ITEMS);
      assertThat(stage.clients().tables().listTables().tableNames())
          .doesNotContain(drill.path("target").asText());
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    refusals(setup, table, at);
    stage.clients().tables().deleteTable(r -> r.tableName(table.value()));
    setup.printed(
        "restore", "--at", "" + at, "--to-table", "lost", "--from-changes-alone", "--rate", "9999");
    assertThat(items("lost")).isEqualTo(items);
  }

  /** What would overwrite or pretend is refused before anything is made. */
  private void refusals(Setup setup, TableName table, Instant at) {
    TableName other = stage.table();
    putAll(other, rich(3));
    assertThat(refused(setup, "--at", "" + at, "--to-table", other.value()))
        .contains("holds items that no restore of");
    assertThat(refused(setup, "--at", "" + at, "--to-table", table.value()))
        .contains("is a table of the configuration");
    assertThat(refused(setup, "--at", "2999-01-01T00:00:00Z", "--to-table", "future"))
        .contains("is not complete up to 2999-01-01T00:00:00Z");
    assertThat(refused(setup, "--at", "2020-01-01T00:00:00Z", "--to-table", "past"))
        .contains("did not exist: the lake begins at");
    Setup masked = setup.with("protect: { Text: mask }");
    assertThat(refused(masked, "--at", "" + at, "--to-table", "open"))
        .contains("attributes Text")
        .contains("--without-protected");
    masked.printed(
        "restore", "--at", "" + at, "--to-table", "open", "--without-protected", "--rate", "99999");
    assertThat(items("open").values()).noneMatch(item -> item.containsKey("Text"));
    assertThat(stage.clients().tables().listTables().tableNames()).doesNotContain("future", "past");
  }

  private static String refused(Setup setup, String... arguments) {
    Setup.Finished restore = setup.command("restore", arguments);
    assertThat(restore.exitCode()).as(restore.out()).isEqualTo(FAILED).isNotEqualTo(VERDICT);
    return restore.err();
  }

  /** Ends a restore with SIGKILL once some items are written. */
  private void killMidway(Setup setup, String... arguments) {
    String[] all = with(arguments, "--config", setup.config().toString());
    try (ChildProcess restore = Program.SERVICE.start(dir, with(new String[] {"restore"}, all))) {
      await("some items")
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () ->
                  !restore.alive()
                      || stage.clients().tables().listTables().tableNames().contains("again")
                          && items("again").size() > 100);
      assertThat(restore.alive()).as("a restore to be killed: %s", restore.err()).isTrue();
      restore.kill();
    }
  }

  private static Instant covered(Setup setup, ChildProcess worker) {
    Instant written = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    await("the lake is complete")
        .atMost(Setup.PATIENCE)
        .until(
            () -> {
              assertThat(worker.alive()).as(worker.err()).isTrue();
              String at =
                  LakeFiles.json(setup.printed("status", "--json"))
                      .path("tables")
                      .path(0)
                      .path("completeAt")
                      .asText("");
              return !at.isEmpty() && Instant.parse(at).isAfter(written.plusSeconds(1));
            });
    return written;
  }

  private Map<String, Map<String, AttributeValue>> items(String table) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    stage
        .clients()
        .tables()
        .scanPaginator(r -> r.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> items.put(PastTable.keyOf(item), PastTable.comparable(item)));
    return items;
  }

  private void putAll(TableName table, Map<String, Map<String, AttributeValue>> items) {
    List<WriteRequest> batch = new ArrayList<>();
    for (Map<String, AttributeValue> item : items.values()) {
      batch.add(WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
      if (batch.size() == 25) {
        flush(table, batch);
      }
    }
    if (!batch.isEmpty()) {
      flush(table, batch);
    }
  }

  private void flush(TableName table, List<WriteRequest> batch) {
    stage
        .clients()
        .tables()
        .batchWriteItem(r -> r.requestItems(Map.of(table.value(), List.copyOf(batch))));
    batch.clear();
  }

  /** Items with everything that an attribute can be. */
  private static Map<String, Map<String, AttributeValue>> rich(int count) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    IntStream.range(0, count)
        .mapToObj(RestoreIT::richItem)
        .forEach(item -> items.put(PastTable.keyOf(item), PastTable.comparable(item)));
    return items;
  }

  private static Map<String, AttributeValue> richItem(int number) {
    AttributeValue binary = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 7}));
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("PK", AttributeValue.fromS("USER#" + GeneratedChanges.SECRET + number));
    item.put("SK", AttributeValue.fromS("é\n\"" + number));
    item.put("Text", AttributeValue.fromS(""));
    item.put("Large", AttributeValue.fromN("12345678901234567890123456789012345678"));
    item.put("Small", AttributeValue.fromN("-0.0000000000000000000000000000000000000001"));
    item.put("Texts", AttributeValue.fromSs(List.of("b", "a", "")));
    item.put("Numbers", AttributeValue.fromNs(List.of("3", "1.5", "-2")));
    item.put("Binary", binary);
    item.put("Binaries", AttributeValue.fromBs(List.of(binary.b())));
    item.put("Yes", AttributeValue.fromBool(true));
    item.put("Nothing", AttributeValue.fromNul(true));
    item.put("NoList", AttributeValue.fromL(List.of()));
    item.put("NoMap", AttributeValue.fromM(Map.of()));
    item.put(
        "Nested",
        AttributeValue.fromM(
            Map.of("l", AttributeValue.fromL(List.of(binary, AttributeValue.fromM(Map.of()))))));
    return item;
  }

  private static String[] with(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
