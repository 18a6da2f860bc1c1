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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** How often each counter was written, as far as it was not removed by its last write. */
  private static final String STATE = "SELECT counter, CAST(N AS BIGINT) FROM counters_current";

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
  @TakesLong
  void aColumnGetsAnotherTypeUnderLoadWhateverIsKilled() throws Exception {
    TableName table = stage.table();
    Setup before = stage.setup(table).with(WHOLE_NUMBERS);
    Setup after = before.edited("N: bigint", "N: \"decimal(20,2)\"");
    try (ChildProcess worker = before.run("one")) {
      Map<String, Integer> written;
      try (CountingLoad load = CountingLoad.start(stage, table)) {
        before.awaitRows(table, 200, worker);
        assertSameAsRaw(before, table, "BIGINT");

        killOnceItHasCommitted(after, table);
        assertThat(before.answer("SELECT DISTINCT typeof(N) FROM counters WHERE N IS NOT NULL"))
            .as("asked before the switch")
            .containsExactly("BIGINT");
        assertSameAsRaw(before, table, "BIGINT");

        JsonNode answer =
            LakeFiles.json(after.printed("rederive", "--entity", "counters", "--json"));
        assertThat(answer.path("switched").asBoolean()).as("%s", answer).isTrue();
        assertThat(answer.path("complete").asBoolean()).as("%s", answer).isTrue();
        assertThat(answer.path("generation").asInt()).isEqualTo(2);
        assertSameAsRaw(after, table, "DECIMAL(20,2)");
        awaitMoreRows(after, table, worker);
        assertSameAsRaw(after, table, "DECIMAL(20,2)");
        written = load.stop();
      }
      after.awaitAll(worker);

      assertThat(after.answer(STATE)).containsExactlyInAnyOrderElementsOf(stateOf(written));
      assertThat(worker.stop()).as(worker.err()).isZero();
      after.assertExact();

      goOnWithEitherConfiguration(before, after, table);
    }
  }

  /** Kills the command when the log has something derived, and before it can have switched. */
  private static void killOnceItHasCommitted(Setup setup, TableName table) {
    try (ChildProcess command =
        Program.SERVICE.start(
            stage.dir(),
            "rederive",
            "--config",
            setup.config().toString(),
            "--entity",
            "counters")) {
      await("something derived")
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> derivedEntries(setup, table) > 0);
      command.kill();
    }
    assertThat(setup.lake().root().resolve("_afterbay/generations/" + table.folder()))
        .isDirectoryRecursivelyContaining("glob:**/000002.json")
        .isDirectoryNotContaining("glob:**/000002.current.json");
  }

  private static long derivedEntries(Setup setup, TableName table) {
    Path commits = setup.lake().root().resolve("_afterbay/commits").resolve(table.folder());
    return LakeFiles.files(commits).stream()
        .filter(path -> path.toString().matches(".*/derive-[^/]+/[0-9]+\\.json"))
        .count();
  }

  /** The old configuration knows nothing of the switch, and the table goes on all the same. */
  private static void goOnWithEitherConfiguration(Setup before, Setup after, TableName table)
      throws JsonProcessingException {
    Map<String, Integer> written;
    try (ChildProcess old = before.run("old");
        CountingLoad load = CountingLoad.start(stage, table)) {
      awaitMoreRows(after, table, old);
      written = load.stop();
      after.awaitAll(old);
      assertThat(old.stop()).as(old.err()).isZero();
      assertThat(old.err()).contains("until 'afterbay rederive' makes it anew");
    }
    assertThat(after.answer(STATE)).containsExactlyInAnyOrderElementsOf(stateOf(written));
    assertSameAsRaw(after, table, "DECIMAL(20,2)");
    after.assertExact();

    JsonNode dropped =
        LakeFiles.json(after.printed("rederive", "--entity", "counters", "--drop-old", "--json"));
    assertThat(dropped.path("rows").asLong()).as("%s", dropped).isZero();
    assertThat(dropped.path("dropped").path("removed").asLong()).isPositive();
    assertThat(dropped.path("dropped").path("kept").asLong()).isLessThanOrEqualTo(1);
    assertSameAsRaw(after, table, "DECIMAL(20,2)");
    after.assertExact();
    try (ChildProcess worker = after.run("new");
        CountingLoad more = CountingLoad.start(stage, table)) {
      awaitMoreRows(after, table, worker);
      written = more.stop();
      after.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    assertThat(after.answer(STATE)).containsExactlyInAnyOrderElementsOf(stateOf(written));
    after.assertExact();
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

  /**
   * Each raw row of the entity is one row of its table, with its own values, and nothing else is.
   */
  private static void assertSameAsRaw(Setup setup, TableName table, String type)
      throws JsonProcessingException {
    // A commit shows its files one after the other: what is in both by now is held against another.
    String seen =
        setup
            .answer(
                "SELECT least((SELECT max(cdc_seq) FROM %s_changes), (SELECT max(cdc_seq) FROM counters))"
                    .formatted(table.folder()))
            .get(0);
    String raw =
        "SELECT cdc_seq, cdc_op, cdc_digest, PK AS counter,"
            + " CAST(json_extract_string(coalesce(new_image, old_image), '$.N.N') AS BIGINT) AS n"
            + " FROM %s_changes WHERE cdc_seq <= '%s'".formatted(table.folder(), seen);
    String typed =
        "SELECT cdc_seq, cdc_op, cdc_digest, counter, CAST(N AS BIGINT) AS n"
            + " FROM counters WHERE cdc_seq <= '%s'".formatted(seen);
    assertThat(
            setup.answer(
                "SELECT (SELECT count(*) FROM (%s EXCEPT ALL %s)), (SELECT count(*) FROM (%s EXCEPT ALL %s)),"
                        .formatted(raw, typed, typed, raw)
                    + " (SELECT count(*) FROM (%s)) > 100,".formatted(typed)
                    + " (SELECT any_value(typeof(N)) FROM counters WHERE N IS NOT NULL)"))
        .containsExactly("0|0|true|" + type);
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

  private static void awaitMoreRows(Setup setup, TableName table, ChildProcess worker) {
    setup.awaitRows(table, setup.lake().rows(table) + 50, worker);
  }

  /** A counter whose last write is a seventh is removed. */
  private static List<String> stateOf(Map<String, Integer> written) {
    Map<String, Integer> left = new TreeMap<>(written);
    left.values().removeIf(count -> count % 7 == 0);
    return left.entrySet().stream().map(each -> each.getKey() + "|" + each.getValue()).toList();
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
