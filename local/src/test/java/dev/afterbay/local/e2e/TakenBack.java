package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table's lake that is taken back and must be the same again.
 *
 * @param rows all that each row had at first, so that no other row can pass for it
 */
record TakenBack(Setup setup, TableName table, List<List<String>> rows) {
  /** Everything that a lake can have. */
  static final String ALL = "2026-01-01T00:00:00Z";

  /** A lake of a shard and its child, each with a few commits. */
  static TakenBack filled(Setup setup, TableName table, int rowsOfEach) {
    TakenBack lake = new TakenBack(setup, table, List.of());
    try (CountingLoad load = CountingLoad.start(setup.stage(), table);
        ChildProcess worker = setup.run("one")) {
      setup.awaitRows(table, rowsOfEach, worker);
      setup.stage().rollShards();
      setup.awaitRows(table, setup.lake().rows(table) + rowsOfEach, worker);
      // A page is committed whole, and the child may be read in one.
      await("three commits of the child")
          .atMost(Setup.PATIENCE)
          .until(() -> lake.shards() > 1 && lake.lastShard().size() > 2);
      load.stop();
      setup.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    return new TakenBack(setup, table, lake.rowsNow());
  }

  /** How many records are to be read again. */
  long replay(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    JsonNode answer = LakeFiles.json(setup.printed("replay", all.toArray(String[]::new)));
    return answer.findValues("records").stream().mapToLong(JsonNode::asLong).sum();
  }

  /** A worker reads again, and each row is there once and as it was. */
  void readAgain() {
    try (ChildProcess worker = setup.run("again")) {
      setup.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    setup.assertExact();
    assertThat(rowsNow()).isEqualTo(rows);
  }

  List<List<String>> rowsNow() {
    return SharedDuck.ask(
        "SELECT * FROM "
            + setup.lake().changes(table)
            + " ORDER BY cdc_stream, cdc_shard, cdc_seq");
  }

  private long shards() {
    return live().stream().map(entry -> entry.path("shard").asText()).distinct().count();
  }

  /** The entries with records of the last shard. */
  List<JsonNode> lastShard() {
    List<JsonNode> live = live();
    String last = live.get(live.size() - 1).path("shard").asText();
    return live.stream()
        .filter(entry -> entry.path("shard").asText().equals(last))
        .filter(entry -> entry.path("records").isObject())
        .toList();
  }

  /** The entries that were not taken back, shard by shard. */
  List<JsonNode> live() {
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
