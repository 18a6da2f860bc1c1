package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.stream.Change;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records that no one expects: each is in the lake or in quarantine, and the worker goes on. */
class AwkwardRecordsIT {

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
  void garbageIsSetAsideAndTheWorkerGoesOn() throws Exception {
    // There is such a table too, to be asked for items; its stream is another.
    ScriptedTable table = ScriptedTable.named(stage.table().value());
    ScriptedStream stream = stream(table, 21);
    StreamShard shard = stream.openShards().get(0);
    GeneratedChanges good =
        new GeneratedChanges(
            table, GeneratedChanges.Shape.ORDINARY.ofKeys(20), 21, InstantSource.system());
    List<String> expected = new ArrayList<>();
    List<SequenceNumber> decodable = new ArrayList<>();
    decodable.add(stream.append(good.get()));
    GarbageRecords.byReason()
        .forEach(
            (reason, json) -> {
              SequenceNumber number =
                  stream.appendRaw(shard, "garbage", (seq, event) -> json.formatted(event, seq));
              expected.add(number + " " + reason);
              decodable.add(stream.append(good.get()));
            });

    try (StreamServer server =
        StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0)) {
      Setup setup = stage.setup("garbage", "{ max-age: 1s }", server.endpoint(), table.name());
      try (ChildProcess worker = setup.runWithLogInJson("one")) {
        setup.awaitRows(table.name(), decodable.size(), worker);
        await("quarantine")
            .atMost(Setup.PATIENCE)
            .until(() -> quarantined(setup, table.name()).size() >= expected.size());
        decodable.add(stream.append(good.get()));
        setup.awaitRows(table.name(), decodable.size(), worker);

        assertThat(worker.stop()).as(worker.err()).isZero();
        assertThat(worker.err()).contains("goes to quarantine").doesNotContain("999999");
        JsonLog.of(worker).assertTells("one", shard, "quarantined", "committed");
      }

      assertThat(setup.lake().positions(table.name()))
          .extracting(position -> position.sequenceNumber())
          .containsExactlyInAnyOrderElementsOf(decodable);
      assertThat(quarantined(setup, table.name())).containsExactlyElementsOf(expected);
      assertThat(only(command(setup, "quarantine")).path("inQuarantine").asInt())
          .isEqualTo(expected.size());
      JsonNode done = only(command(setup, "quarantine", "reprocess"));
      assertThat(done.path("reprocessed").asInt()).isZero();
      assertThat(done.path("reasons")).hasSize(expected.size());
      setup.assertSound();

      setup.printed("erase", "--key", "{\"PK\":{\"S\":\"hunter2\"},\"SK\":{\"S\":\"s\"}}");
      assertThat(quarantined(setup, table.name()))
          .as("what tells of another key, or of none")
          .containsExactlyElementsOf(
              expected.stream()
                  .filter(
                      line -> line.contains("has no Keys") || line.contains("not have the keys"))
                  .toList());
      setup.assertSound();
    }
  }

  @Test
  void whatWasSetAsideForTheWrongKeysComesOutOnceTheyAreRight() throws Exception {
    TableName name = new TableName("Renamed-Orders");
    ScriptedTable right = ScriptedTable.named(name.value());
    ScriptedTable wrong = new ScriptedTable(name, List.of(new KeyAttribute("Before", KeyType.S)));
    ScriptedStream stream = stream(wrong, 22);
    GeneratedChanges changes =
        new GeneratedChanges(
            right, GeneratedChanges.Shape.ORDINARY.ofKeys(20), 22, InstantSource.system());
    StreamShard shard = stream.openShards().get(0);
    List<SequenceNumber> numbers =
        Stream.generate(changes).limit(50).map((Change c) -> stream.append(shard, c)).toList();
    try (StreamServer server =
        StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0)) {
      Setup setup = stage.setup("renamed", "{ max-age: 1s }", server.endpoint(), name);
      try (ChildProcess worker = setup.run("one")) {
        await("quarantine")
            .atMost(Setup.PATIENCE)
            .until(() -> quarantined(setup, name).size() == numbers.size());

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
    }

    try (StreamServer described =
        StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream(right, 23), 0)) {
      Setup setup = stage.setup("renamed", "{}", described.endpoint(), name);

      JsonNode first = only(command(setup, "quarantine", "reprocess"));
      JsonNode second = only(command(setup, "quarantine", "reprocess", "--table", name.value()));

      assertThat(first.path("reprocessed").asInt()).isEqualTo(numbers.size());
      assertThat(second.path("reprocessed").asInt()).isZero();
      assertThat(setup.lake().positions(name))
          .extracting(position -> position.sequenceNumber())
          .containsExactlyInAnyOrderElementsOf(numbers);
      assertThat(setup.lake().positions(name))
          .extracting(position -> position.shard().shard())
          .containsOnly(shard.shard());
      JsonNode listed = only(command(setup, "quarantine"));
      assertThat(listed.path("inQuarantine").asInt()).isZero();
      assertThat(listed.path("reprocessed").asInt()).isEqualTo(numbers.size());
      setup.assertSound();
    }
  }

  @Test
  void whateverDynamoDbCanHoldIsInTheLakeAsItIs() {
    TableName table = stage.table();
    Setup setup = stage.setup(table);
    List<Map<String, AttributeValue>> items = items();
    // Its replacement is a record with two images of 400 KB.
    Map<String, AttributeValue> before =
        item("large", "text", AttributeValue.fromS("y".repeat((400 << 10) - 30)));
    stage.clients().tables().putItem(r -> r.tableName(table.value()).item(before));
    items.forEach(
        item -> stage.clients().tables().putItem(r -> r.tableName(table.value()).item(item)));

    try (ChildProcess worker = setup.run("one")) {
      setup.awaitAll(worker);

      assertThat(worker.stop()).as(worker.err()).isZero();
    }

    setup.assertExact();
    assertThat(quarantined(setup, table)).isEmpty();
    Map<List<String>, Object> kept = new HashMap<>();
    for (List<String> row :
        SharedDuck.ask(
            "SELECT \"PK\", \"SK\", new_image FROM "
                + setup.lake().changes(table)
                + " ORDER BY cdc_seq")) {
      kept.put(row.subList(0, 2), image(json(row.get(2))));
    }
    assertThat(kept).hasSize(items.size());
    for (Map<String, AttributeValue> item : items) {
      List<String> key = List.of(text(item, "PK"), text(item, "SK"));
      assertThat(kept.get(key)).as("item %s", key).isEqualTo(image(item));
    }
  }

  private static List<Map<String, AttributeValue>> items() {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (String key :
        List.of(
            "line\nbreak\r\ttab",
            "quote\"'`\\",
            "a/b/../c",
            "..",
            ".",
            "\u0000",
            "\ud83d\ude80",
            "\u00fcml\u00e4ut",
            "e\u0301",
            " ",
            "%2F?#&=+",
            "\uffff",
            "_hidden",
            "null",
            "x".repeat(1_000))) {
      items.add(item(key, "v", AttributeValue.fromS("")));
    }
    for (String number :
        List.of(
            "1E-130",
            "-1E-130",
            "9.9999999999999999999999999999999999999E+125",
            "-9.9999999999999999999999999999999999999E+125",
            "0.12345678901234567890123456789012345678",
            "99999999999999999999999999999999999999",
            "0")) {
      items.add(item(number, "n", AttributeValue.fromN(number)));
      items.add(item(number, "set", AttributeValue.fromNs(List.of(number, "7"))));
    }
    items.add(item("empty", "m", AttributeValue.fromM(Map.of())));
    items.add(item("empty", "l", AttributeValue.fromL(List.of())));
    items.add(item("empty", "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0]))));
    items.add(item("null", "nul", AttributeValue.fromNul(true)));
    items.add(item("set", "ss", AttributeValue.fromSs(List.of("b", "a", "\ud83d\ude80", ""))));
    items.add(
        item(
            "set",
            "bs",
            AttributeValue.fromBs(
                List.of(SdkBytes.fromUtf8String("b"), SdkBytes.fromByteArray(new byte[] {-1})))));
    AttributeValue deep = AttributeValue.fromS("x");
    for (int level = 0; level < 31; level++) {
      deep =
          level % 2 == 0
              ? AttributeValue.fromM(Map.of("a.b[0] \"'", deep))
              : AttributeValue.fromL(List.of(deep));
    }
    items.add(item("deep", "levels", deep));
    items.add(item("large", "text", AttributeValue.fromS("x".repeat((400 << 10) - 30))));
    items.add(item("large", "nul", AttributeValue.fromS("\u0000".repeat((400 << 10) - 30))));
    return items;
  }

  private static Map<String, AttributeValue> item(String pk, String sk, AttributeValue value) {
    return Map.of("PK", AttributeValue.fromS(pk), "SK", AttributeValue.fromS(sk), "a", value);
  }

  private static ScriptedStream stream(ScriptedTable table, long seed) {
    ScriptedStream stream =
        new ScriptedStream(table, StreamSettings.seeded(seed), InstantSource.system());
    stream.enable(1);
    return stream;
  }

  /** Position and reason of each record in quarantine, by position. */
  private static List<String> quarantined(Setup setup, TableName table) {
    Path folder = setup.lake().root().resolve(table.folder()).resolve("quarantine");
    return Files.isDirectory(folder)
        ? SharedDuck.ask(
                "SELECT cdc_seq || ' ' || reason FROM read_parquet('%s/**/*.parquet') ORDER BY 1"
                    .formatted(folder))
            .stream()
            .map(row -> row.get(0))
            .toList()
        : List.of();
  }

  private static JsonNode command(Setup setup, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--config", setup.config().toString(), "--json"));
    try (ChildProcess process =
        Program.SERVICE.start(stage.dir(), arguments.toArray(String[]::new))) {
      assertThat(process.exitCodeWithin(Duration.ofSeconds(60))).as(process.err()).isZero();
      return json(process.out());
    }
  }

  private static JsonNode only(JsonNode answer) {
    assertThat(answer.path("tables")).hasSize(1);
    return answer.path("tables").path(0);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Map<String, AttributeValue> item, String attribute) {
    return String.valueOf(image(item).get(attribute)).replaceFirst("^S=", "");
  }

  /** An item as plain values that are equal if the items are. */
  private static Map<String, Object> image(Map<String, AttributeValue> item) {
    Map<String, Object> image = new TreeMap<>();
    item.forEach((name, value) -> image.put(name, value(value)));
    return image;
  }

  private static Object value(AttributeValue value) {
    return switch (value.type()) {
      case S -> "S=" + value.s();
      case N -> new BigDecimal(value.n()).stripTrailingZeros();
      case B -> value.b();
      case BOOL -> value.bool();
      case M -> image(value.m());
      case L -> value.l().stream().map(AwkwardRecordsIT::value).toList();
      case SS -> new HashSet<>(value.ss());
      case NS -> new HashSet<>(value.ns().stream().map(AwkwardRecordsIT::number).toList());
      case BS -> new HashSet<>(value.bs());
      default -> "NULL";
    };
  }

  /** The same of DynamoDB JSON, read without any part of the service. */
  private static Map<String, Object> image(JsonNode json) {
    Map<String, Object> image = new TreeMap<>();
    json.properties().forEach(field -> image.put(field.getKey(), value(field.getValue())));
    return image;
  }

  private static Object value(JsonNode typed) {
    Map.Entry<String, JsonNode> only = typed.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "S" -> "S=" + value.asText();
      case "N" -> number(value.asText());
      case "B" -> bytes(value);
      case "BOOL" -> value.asBoolean();
      case "M" -> image(value);
      case "L" -> elements(value).map(AwkwardRecordsIT::value).toList();
      case "SS" -> new HashSet<>(elements(value).map(JsonNode::asText).toList());
      case "NS" -> new HashSet<>(elements(value).map(n -> number(n.asText())).toList());
      case "BS" -> new HashSet<>(elements(value).map(AwkwardRecordsIT::bytes).toList());
      default -> "NULL";
    };
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text).stripTrailingZeros();
  }

  private static SdkBytes bytes(JsonNode base64) {
    return SdkBytes.fromByteArray(Base64.getDecoder().decode(base64.asText()));
  }
}
