package dev.afterbay.consumer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

final class TypedTablesTest {
  private static final Entity ORDERS =
      entity(
          "orders",
          Map.of("PK", Template.parse("ORDER#{order_id}", '#')),
          Map.of("Type", List.of(new Value.S("order"))),
          Optional.empty());
  private static final Entity REFUNDS =
      entity(
          "refunds",
          Map.of("PK", Template.parse("ORDER#{order_id}", '#')),
          Map.of("Type", List.of(new Value.S("refund"))),
          Optional.empty());
  private static final Entity FANS =
      entity(
          "fans",
          Map.of("PK", Template.parse("FAN#{order_id}", '#')),
          Map.of(),
          Optional.of("orders"));

  @TempDir private Path scratch;
  private final List<String> growths = new ArrayList<>();
  private Shards shards;
  private int number;

  @BeforeEach
  void anEmptyLake() {
    shards = new Shards(scratch);
    shards.rows = tables(Protection.NONE)::rows;
  }

  @Test
  void aNewAttributeHasItsColumnFromTheNextSegmentOnAndCutsNoFile() {
    ShardPipeline pipeline = pipeline();
    accept(pipeline, order("Total", "1"));
    accept(pipeline, order("Color", "red"));
    accept(pipeline, order("Color", "green"));
    pipeline.commitHeld();
    accept(pipeline, order("Color", "blue"));
    pipeline.commitHeld();

    assertThat(files("orders")).hasSize(2);
    assertThat(shards.reports)
        .contains("committed 3 in 2 files", "committed 1 in 2 files")
        .containsOnlyOnce("counted 2 orders Color UNKNOWN", "counted 1 orders Total TYPE");
    assertThat(columns()).containsExactly("order_id", "Total", "Color");
  }

  @Test
  void growthIsToldOnceWhoeverAddedTheColumns() {
    ShardPipeline pipeline = pipeline();
    accept(pipeline, order("Color", "red"));
    pipeline.commitHeld();
    accept(pipeline, order("Color", "blue"));
    pipeline.commitHeld();
    new SchemaLog(shards.store, Shards.LAKE)
        .grow(Shards.TABLE, "orders", List.of(inferred("Size")));
    accept(pipeline, order("Size", "XL"));
    pipeline.commitHeld();
    accept(pipeline, order("Size", "S"));
    pipeline.commitHeld();

    assertThat(growths).containsExactly(Shards.TABLE + " orders 2", Shards.TABLE + " orders 3");
  }

  private static Column inferred(String attribute) {
    return Column.of(attribute, ColumnType.parse("string"));
  }

  @Test
  void anItemThatChangesItsEntityLeavesOneAndEntersTheOther() {
    ShardPipeline pipeline = pipeline();
    Map<String, AttributeValue> before = item("ORDER#1", "order");
    Map<String, AttributeValue> after = item("ORDER#1", "refund");

    accept(pipeline, record(OperationType.MODIFY, after, before));
    pipeline.commitHeld();

    assertThat(files("orders")).hasSize(1);
    assertThat(files("refunds")).hasSize(1);
    assertThat(shards.reports).contains("committed 1 in 3 files");
  }

  @Test
  void aMirrorHasNoTableAndIsNotUnrouted() {
    ShardPipeline pipeline = pipeline();

    accept(pipeline, record(OperationType.INSERT, item("FAN#1", "any"), null));
    accept(pipeline, record(OperationType.INSERT, item("CART#1", "any"), null));
    pipeline.commitHeld();

    assertThat(shards.reports)
        .contains("committed 2 in 1 files", "counted 1 changes PK: \"CART#{cart_id}\" UNROUTED");
    assertThat(files("fans")).isEmpty();
  }

  @Test
  void whileTheSchemaLogDoesNotAnswerAttributesStayWhereTheyAre() {
    boolean[] down = {false};
    SchemaLog log =
        new SchemaLog(
            new FaultyStore(
                shards.store,
                new dev.afterbay.sinks.faults.Disturbance() {
                  @Override
                  public <T> T around(dev.afterbay.sinks.faults.Call<T> call) {
                    return down[0]
                        ? call.answer(dev.afterbay.sinks.faults.Reply.NONE)
                        : call.apply();
                  }
                }),
            Shards.LAKE);
    shards.rows = tables(log, Protection.NONE)::rows;
    ShardPipeline pipeline = pipeline();
    accept(pipeline, order("Color", "red"));
    down[0] = true;
    pipeline.commitHeld();
    accept(pipeline, order("Color", "green"));
    down[0] = false;
    pipeline.commitHeld();
    accept(pipeline, order("Color", "blue"));
    pipeline.commitHeld();

    assertThat(shards.reports).filteredOn("counted 1 orders Color UNKNOWN"::equals).hasSize(2);
    assertThat(columns()).containsExactly("order_id", "Total", "Color");
  }

  @Test
  void nothingSensitiveReachesTheLake() {
    shards.rows = tables(new Protection(Map.of("Secret", Protection.Rule.MASK), new byte[0]))::rows;
    ShardPipeline pipeline = pipeline();

    accept(pipeline, order("Secret", "attack at dawn"));
    accept(pipeline, order("Secret", "attack at dusk").toBuilder().eventName("COMPACT").build());
    pipeline.commitHeld();

    assertThat(shards.reports).contains("committed 2 in 3 files", "quarantined 1");
    shards
        .store
        .objects()
        .forEach(
            (key, content) ->
                assertThat(new String(content, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .as("%s", key)
                    .doesNotContain("attack"));
  }

  private ShardPipeline pipeline() {
    return shards.worker(Shards.every(Duration.ofMinutes(1))).open(Shards.SHARD);
  }

  private TypedTables tables(Protection protection) {
    return tables(new SchemaLog(shards.store, Shards.LAKE), protection);
  }

  private TypedTables tables(SchemaLog log, Protection protection) {
    return new TypedTables(
        Shards.TABLE,
        shards.keys,
        List.of(ORDERS, REFUNDS, FANS),
        protection,
        log,
        (table, schema) -> growths.add(table + " " + schema.entity() + " " + schema.version()));
  }

  private List<String> columns() {
    return new SchemaLog(shards.store, Shards.LAKE)
        .newest(Shards.TABLE, "orders").orElseThrow().columns().stream()
            .map(Column::name)
            .filter(name -> !name.equals("Type"))
            .toList();
  }

  private List<String> files(String entity) {
    return shards.store.objects().keySet().stream()
        .map(Object::toString)
        .filter(key -> key.contains("/" + entity + "/dt="))
        .toList();
  }

  private static void accept(ShardPipeline pipeline, Record record) {
    pipeline.accept(StreamedRecord.of(record));
  }

  private Record order(String attribute, String value) {
    Map<String, AttributeValue> item = item("ORDER#" + number, "order");
    item.put(attribute, AttributeValue.fromS(value));
    return record(OperationType.INSERT, item, null);
  }

  private static Map<String, AttributeValue> item(String key, String type) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("PK", AttributeValue.fromS(key));
    item.put("Type", AttributeValue.fromS(type));
    return item;
  }

  private Record record(
      OperationType operation,
      Map<String, AttributeValue> after,
      @org.jspecify.annotations.Nullable Map<String, AttributeValue> before) {
    Record plain = Shards.record(++number);
    return plain.toBuilder()
        .eventName(operation)
        .dynamodb(
            plain.dynamodb().toBuilder()
                .keys(Map.of("PK", after.get("PK")))
                .newImage(after)
                .oldImage(before)
                .build())
        .build();
  }

  private static Entity entity(
      String name,
      Map<String, Template> match,
      Map<String, List<Value>> where,
      Optional<String> mirrorOf) {
    return new Entity(
        name,
        match,
        where,
        Map.of(),
        Set.of(),
        mirrorOf.isPresent()
            ? List.of()
            : List.of(
                new Column(
                    "Total", new Column.Source.Attribute("Total"), ColumnType.parse("bigint")),
                new Column(
                    "Type", new Column.Source.Attribute("Type"), ColumnType.parse("string"))),
        true,
        mirrorOf);
  }
}
