package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Typed tables whose items change under a running worker. */
class TypedTablesIT {
  private static final String SECRET = GeneratedChanges.SECRET;
  private static final String ORDERS =
      """
      entities:
        - name: orders
          match: { PK: "USER#{user_id}", SK: "ORDER#{order_id:long}" }
          columns: { Total: "decimal(8,2)", Count: bigint, PlacedAt: timestamp }
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
  void aRunningWorkerMeetsWhatItsColumnsDoNotHold() throws Exception {
    TableName table = stage.table();
    Setup setup = stage.setup(table).with(ORDERS);
    try (ChildProcess worker = setup.run("one")) {
      put(table, 1, Map.of("Total", n("12.50"), "Count", n("1")));
      setup.awaitRows(table, 1, worker);
      put(table, 2, Map.of("Total", n("12345678.123"), "Color", s(SECRET + "-red")));
      put(table, 3, Map.of("Count", s(SECRET), "PlacedAt", s("2026-11-21T10:00:00+01:00")));
      put(table, 4, Map.of("Count", n("1180591620717411303424"), "Color", s("green")));
      setup.awaitRows(table, 4, worker);
      put(table, 5, Map.of("Color", s("blue"), "Total", n("7")));
      setup.awaitRows(table, 5, worker);
      stage
          .clients()
          .tables()
          .deleteItem(
              r -> r.tableName(table.value()).key(Map.of("PK", s("USER#u1"), "SK", s("ORDER#5"))));
      put(table, Map.of("PK", s("USER#u1"), "SK", s("CART#9"), "Total", n("1")));
      setup.awaitAll(worker);

      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    setup.assertExact();

    assertThat(
            answer(
                setup,
                "SELECT order_id, cdc_op, user_id, CAST(Total AS VARCHAR), \"Count\", PlacedAt, Color, cdc_extra"
                    + " FROM orders ORDER BY cdc_seq"))
        .containsExactly(
            "1|INSERT|u1|12.50|1|null|null|null",
            "2|INSERT|u1|null|null|null|null|{'Color':{'S':'hunter2-red'},'Total':{'N':'12345678.123'}}",
            "3|INSERT|u1|null|null|2026-11-21 09:00:00|null|"
                + "{'Count':{'S':'hunter2'},'PlacedAt':{'S':'2026-11-21T10:00:00+01:00'}}",
            "4|INSERT|u1|null|null|null|null|"
                + "{'Color':{'S':'green'},'Count':{'N':'1180591620717411303424'}}",
            "5|INSERT|u1|7.00|null|null|blue|null",
            "5|REMOVE|u1|7.00|null|null|blue|null");
    JsonNode status = LakeFiles.json(setup.printed("status", "--json")).path("tables").path(0);
    assertThat(status.path("extra"))
        .extracting(
            extra ->
                extra.path("attribute").asText()
                    + " "
                    + extra.path("reason").asText()
                    + " "
                    + extra.path("count").asLong())
        .containsExactlyInAnyOrder(
            "Color UNKNOWN 2",
            "Total PRECISION 1",
            "Count TYPE 1",
            "Count RANGE 1",
            "PlacedAt SPELLING 1");
    assertThat(status.path("unrouted")).hasSize(1);
    assertThat(status.path("unrouted").path(0).path("match").asText())
        .isEqualTo("PK: \"USER#{user_id}\", SK: \"CART#{cart_id}\"");
  }

  @Test
  void workersThatMeetDifferentAttributesAtOnceAgreeOnOneChainOfSchemas() throws Exception {
    int shards = 4;
    int rounds = 3;
    ScriptedStream stream =
        new ScriptedStream(
            ScriptedTable.named("Agreeing-Orders"),
            StreamSettings.seeded(4),
            InstantSource.system());
    stream.enable(shards);
    TableName table = stream.table().name();
    try (StreamServer server =
        StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0)) {
      Setup setup =
          stage.setup("agreeing", "{ max-age: 1s }", server.endpoint(), table).with(ORDERS);
      Set<String> attributes = new HashSet<>();
      try (ChildProcess one = setup.run("one");
          ChildProcess two = setup.run("two")) {
        for (int round = 0; round < rounds; round++) {
          for (StreamShard shard : stream.openShards()) {
            String attribute = "Of_" + attributes.size();
            attributes.add(attribute);
            append(stream, shard, attributes.size(), attribute);
            append(stream, shard, 1_000 + attributes.size(), "OfAll_" + round);
            attributes.add("OfAll_" + round);
          }
          setup.awaitRows(table, stream.account().records(), one, two);
        }

        assertThat(one.stop()).as(one.err()).isZero();
        assertThat(two.stop()).as(two.err()).isZero();
      }
      setup.assertSound();

      assertChain(setup, table, attributes);
      assertThat(answer(setup, "SELECT count(*), count(DISTINCT cdc_seq) FROM orders"))
          .containsExactly(stream.account().records() + "|" + stream.account().records());
    }
  }

  /**
   * Every version has the columns of the one before; in the end there is one for each attribute.
   */
  private static void assertChain(Setup setup, TableName table, Set<String> attributes)
      throws IOException {
    List<String> before = new ArrayList<>(List.of("cdc_op"));
    Path folder =
        setup.lake().root().resolve("_afterbay/schemas").resolve(table.folder()).resolve("orders");
    try (Stream<Path> versions = Files.list(folder).sorted()) {
      int number = 1;
      for (Path version : versions.toList()) {
        assertThat(version.getFileName()).hasToString("%06d.avsc".formatted(number++));
        List<String> columns = new ArrayList<>();
        LakeFiles.json(version).path("fields").forEach(f -> columns.add(f.path("name").asText()));
        assertThat(columns).startsWith(before.toArray(String[]::new)).doesNotHaveDuplicates();
        before = columns;
      }
    }
    assertThat(before).containsAll(attributes);
  }

  private static void append(ScriptedStream stream, StreamShard shard, int order, String name) {
    Map<String, AttributeValue> keys =
        Map.of("PK", s("USER#" + SECRET + order % 7), "SK", s("ORDER#" + order));
    Map<String, AttributeValue> image = new HashMap<>(keys);
    image.put(name, s(SECRET + " of " + name));
    stream.append(
        shard, new Change(Operation.INSERT, Instant.now(), keys, image, null, Change.Cause.CLIENT));
  }

  private static void put(TableName table, int order, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("PK", s("USER#u1"));
    item.put("SK", s("ORDER#" + order));
    put(table, item);
  }

  private static void put(TableName table, Map<String, AttributeValue> item) {
    stage.clients().tables().putItem(r -> r.tableName(table.value()).item(item));
  }

  /** The rows of an answer, with single quotes for double ones. */
  private static List<String> answer(Setup setup, String sql) {
    return setup.answer(sql).stream().map(row -> row.replace('"', '\'')).toList();
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }
}
