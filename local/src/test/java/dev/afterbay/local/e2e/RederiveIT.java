package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.stream.Change;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Typed tables made anew while workers write to them. */
class RederiveIT {
  private static final String SECRET = GeneratedChanges.SECRET;

  private static final String WHOLE_NUMBERS =
      """
      entities:
        - name: counters
          match: { PK: "{counter}", SK: "COUNT" }
          columns: { N: bigint }
      """;

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void aNewEntityHasItsHistoryFromTasksThatShareTheLogs() throws Exception {
    ScriptedStream stream =
        new ScriptedStream(
            ScriptedTable.named("Late-Orders"), StreamSettings.seeded(7), InstantSource.system());
    stream.enable(6);
    TableName table = stream.table().name();
    try (StreamServer server =
        StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0)) {
      Setup before = stage.setup("late", "{ max-age: 1s }", server.endpoint(), table);
      Setup after =
          before.with(
              """
              entities:
                - name: late_orders
                  match: { PK: "USER#{user_id}", SK: "ORDER#{order_id:bigint}" }
                  columns: { Total: "decimal(12,2)" }
              """);
      try (ChildProcess worker = before.run("one")) {
        append(stream, 0, 120);
        before.awaitRows(table, 120, worker);

        JsonNode first =
            LakeFiles.json(
                after.printed("rederive", "--entity", "late_orders", "--slice", "1/2", "--json"));
        assertThat(first.path("current").asBoolean()).as("%s", first).isFalse();
        assertThat(first.path("slicesToRun")).hasSize(1);
        assertThat(first.path("slicesToRun").path(0).asText()).isEqualTo("2/2");
        assertThat(first.path("rows").asLong()).isBetween(1L, 119L);
        append(stream, 120, 180);
        before.awaitRows(table, 180, worker);
        JsonNode second =
            LakeFiles.json(
                after.printed("rederive", "--entity", "late_orders", "--slice", "2/2", "--json"));
        assertThat(second.path("switched").asBoolean()).as("%s", second).isTrue();
        assertThat(second.path("rows").asLong() + first.path("rows").asLong())
            .as("what came later was written by the worker")
            .isEqualTo(120);
        append(stream, 180, 240);
        before.awaitRows(table, 240, worker);

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
      after.assertSound();

      assertThat(
              after.answer(
                  "SELECT count(*), count(DISTINCT cdc_seq || cdc_shard), count(DISTINCT order_id),"
                      + " CAST(sum(Total) AS BIGINT), count(Color), count(cdc_extra)"
                      + " FROM late_orders"))
          .containsExactly("240|240|240|" + 239 * 240 / 2 + "|240|0");
      assertThat(after.answer("SELECT count(*) FROM late_orders_current")).containsExactly("240");
      assertThat(difference(after, table, "late_orders", "new_image LIKE '%ORDER#%'"))
          .containsExactly("0");
      Setup.Finished again = after.command("rederive", "--entity", "late_orders", "--json");
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(LakeFiles.json(again.out()).path("rows").asLong()).isZero();
      takeBackAndMakeAnew(after, stream);
    }
  }

  /** What was derived is not taken back; what came later is, and all of it is derived once more. */
  private static void takeBackAndMakeAnew(Setup setup, ScriptedStream stream)
      throws JsonProcessingException {
    TableName table = stream.table().name();
    Setup.Finished refused = setup.command("replay", "--from", "2026-01-01T00:00:00Z");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("'late_orders'", "was made anew", "nothing was changed");
    Instant later = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    await("the next second").until(() -> Instant.now().isAfter(later));
    append(stream, 240, 300);
    readAll(setup, table);

    JsonNode taken = LakeFiles.json(setup.printed("replay", "--from", later.toString(), "--json"));
    assertThat(taken.findValues("records").stream().mapToLong(JsonNode::asLong).sum())
        .isEqualTo(60);
    assertThat(setup.answer("SELECT count(*) FROM late_orders")).containsExactly("240");
    readAll(setup, table);

    Setup anew = setup.edited("decimal(12,2)", "decimal(14,2)");
    JsonNode made = LakeFiles.json(anew.printed("rederive", "--entity", "late_orders", "--json"));
    assertThat(made.path("switched").asBoolean()).as("%s", made).isTrue();
    assertThat(made.path("rows").asLong()).isEqualTo(300);
    for (Setup either : List.of(setup, anew)) {
      assertThat(difference(either, table, "late_orders", "new_image LIKE '%ORDER#%'"))
          .containsExactly("0");
    }
    assertThat(
            anew.answer(
                "SELECT count(DISTINCT order_id), any_value(typeof(Total)) FROM late_orders"))
        .containsExactly("300|DECIMAL(14,2)");
    anew.assertSound();
  }

  private static void readAll(Setup setup, TableName table) {
    try (ChildProcess worker = setup.run("again")) {
      setup.awaitRows(table, 300, worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  @Test
  void whatIsAsTheConfigurationSaysIsNotMadeAnew() {
    TableName table = stage.table();
    Setup setup = stage.setup(table).with(WHOLE_NUMBERS);
    try (ChildProcess worker = setup.run("one");
        CountingLoad load = CountingLoad.start(stage, table)) {
      setup.awaitRows(table, 3, worker);
      load.stop();
      assertThat(worker.stop()).as(worker.err()).isZero();
    }

    Setup.Finished refused = setup.command("rederive", "--entity", "counters");
    Setup.Finished unknown = setup.command("rederive", "--entity", "countres");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("there is nothing to rederive");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("'countres' is no entity", "it has counters");
  }

  private static List<String> difference(Setup setup, TableName table, String entity, String routed)
      throws JsonProcessingException {
    String raw =
        "SELECT cdc_seq, cdc_shard, cdc_op, cdc_digest, cdc_time FROM %s_changes WHERE %s"
            .formatted(table.folder(), routed);
    String typed = "SELECT cdc_seq, cdc_shard, cdc_op, cdc_digest, cdc_time FROM " + entity;
    return setup.answer(
        "SELECT count(*) FROM ((%s EXCEPT ALL %s) UNION ALL (%s EXCEPT ALL %s))"
            .formatted(raw, typed, typed, raw));
  }

  private static void append(ScriptedStream stream, int from, int to) {
    List<StreamShard> shards = stream.openShards();
    for (int order = from; order < to; order++) {
      Map<String, AttributeValue> keys =
          Map.of("PK", s("USER#" + SECRET + order % 7), "SK", s("ORDER#" + order));
      Map<String, AttributeValue> image = new HashMap<>(keys);
      image.put("Total", AttributeValue.fromN(Integer.toString(order)));
      image.put("Color", s(SECRET + "-red"));
      stream.append(
          shards.get(order % shards.size()),
          new Change(Operation.INSERT, Instant.now(), keys, image, null, Change.Cause.CLIENT));
    }
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }
}
