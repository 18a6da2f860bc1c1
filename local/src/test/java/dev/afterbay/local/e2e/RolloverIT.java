package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloverIT {
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
  void aShardThatEndsUnderLoadIsContinuedByItsChild() {
    TableName table = stage.table();
    Setup setup = stage.setup(table);
    Map<String, Integer> written;
    try (CountingLoad load = CountingLoad.start(stage, table);
        ChildProcess worker = setup.run("one")) {
      setup.awaitRows(table, 1, worker);
      stage.rollShards();
      setup.awaitRows(table, setup.lake().rows(table) + 200, worker);
      stage.rollShards();
      await("three logs")
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !worker.alive() || logs(setup, table).size() == 3);
      written = load.stop();
      setup.awaitAll(worker);

      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    setup.assertExact();
    assertLineage(new ArrayList<>(logs(setup, table).values()));
    assertOrderOfTime(setup.lake().changes(table));
    assertOrderOfKeys(setup.lake().changes(table), written);
  }

  /** The entries of each shard, parents first. */
  private static Map<String, List<JsonNode>> logs(Setup setup, TableName table) {
    return setup.lake().log(table).stream()
        .map(LakeFiles::json)
        .collect(
            Collectors.groupingBy(
                entry -> entry.path("shard").asText(), LinkedHashMap::new, Collectors.toList()));
  }

  private static void assertLineage(List<List<JsonNode>> logs) {
    assertThat(logs).hasSize(3);
    for (int i = 0; i < logs.size(); i++) {
      List<JsonNode> log = logs.get(i);
      JsonNode last = log.get(log.size() - 1);
      assertThat(log.subList(0, log.size() - 1))
          .as("only the last entry ends the shard")
          .noneMatch(RolloverIT::ends);
      assertThat(ends(last)).isEqualTo(i < logs.size() - 1);
      JsonNode first = log.get(0);
      assertThat(first.path("after").asText()).isEqualTo("0".repeat(40));
      if (i > 0) {
        List<JsonNode> parent = logs.get(i - 1);
        JsonNode end = parent.get(parent.size() - 1);
        assertThat(first.path("parent").asText()).isEqualTo(end.path("shard").asText());
        assertThat(first.path("lineage").path("records").asLong())
            .as("the child counts on")
            .isEqualTo(
                end.path("lineage").path("records").asLong()
                    + first.path("records").path("count").asLong());
      }
    }
  }

  private static boolean ends(JsonNode entry) {
    return entry.path("end").asBoolean();
  }

  private static void assertOrderOfTime(String changes) {
    assertThat(
            SharedDuck.ask(
                """
                SELECT cdc_seq, cdc_time, before
                FROM (SELECT *, lag(cdc_time) OVER (ORDER BY cdc_stream, cdc_seq) AS before
                      FROM %s)
                WHERE cdc_time < before
                """
                    .formatted(changes)))
        .as("rows whose time is before that of their predecessor")
        .isEmpty();
  }

  private static void assertOrderOfKeys(String changes, Map<String, Integer> written) {
    List<List<String>> expected =
        written.entrySet().stream()
            .map(key -> List.of(key.getKey(), countedTo(key.getValue())))
            .toList();
    assertThat(SharedDuck.ask(CountingLoad.countsInOrder(changes))).isEqualTo(expected);
  }

  private static String countedTo(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }
}
