package dev.afterbay.transforms.toavro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.toavro.TypedTable.Sight;
import dev.afterbay.transforms.toavro.TypedTable.TypedRow;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import dev.afterbay.transforms.typed.EntitySchema;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Items are DynamoDB JSON, with ' for its quotes. */
class TypedTableTest {
  private static final Instant TIME = Instant.parse("2026-11-21T05:11:00.123456Z");
  private static final StreamShard SHARD =
      new StreamShard(
          new TableName("E-commerce-Data"),
          new StreamLabel("2026-11-21T05:00:00.000"),
          new ShardId("shardId-00000001732170000000-abcdef12"));
  private static final String KEY = "'PK':{'S':'USER#u1'},'SK':{'S':'ORDER#7'}";

  private static final Entity ORDERS =
      new Entity(
          "orders",
          Map.of("PK", template("USER#{user_id}"), "SK", template("ORDER#{order_id:long}")),
          Map.of(),
          Map.of("GSI1PK", template("STATUS#{gsi_status}#{gsi_day:date}")),
          Set.of("GSI1SK"),
          List.of(column("Total", "decimal(12,2)"), column("CreatedAt", "timestamp")),
          true,
          Optional.empty());

  private final EntitySchema schema = EntitySchema.first("orders", ORDERS.declaredColumns());
  private final TypedTable table = new TypedTable(ORDERS, schema);

  @Test
  void aRowShowsTheNewImageInItsColumns() {
    Image before = image("{" + KEY + ",'Total':{'N':'1'}}");
    Image after =
        image(
            "{"
                + KEY
                + ",'Total':{'N':'66.90'},'CreatedAt':{'S':'2026-11-06T00:00:00Z'},"
                + "'GSI1PK':{'S':'STATUS#PAID#2026-11-07'}}");

    TypedRow row = row(table, new Sight(Operation.MODIFY, after, before));

    assertThat(row.extras()).isEmpty();
    assertThat(texts(row.row()))
        .containsEntry("cdc_op", "MODIFY")
        .containsEntry("cdc_time", "1795237860123456")
        .containsEntry("cdc_seq", "0".repeat(37) + "100")
        .containsEntry("cdc_shard", "shardId-00000001732170000000-abcdef12")
        .containsEntry("cdc_stream", "2026-11-21T05:00:00.000")
        .containsEntry("cdc_event_id", "event-1")
        .containsEntry("cdc_origin", "STREAM")
        .containsEntry("cdc_ttl", "false")
        .containsEntry("cdc_digest", after.digest())
        .containsEntry("cdc_old_digest", before.digest())
        .containsEntry("cdc_key", "{\"PK\":{\"S\":\"USER#u1\"},\"SK\":{\"S\":\"ORDER#7\"}}")
        .containsEntry("user_id", "u1")
        .containsEntry("order_id", "7")
        .containsEntry("gsi_status", "PAID")
        .containsEntry("gsi_day", "20764")
        .containsEntry("CreatedAt", "1793923200000000")
        .containsKey("Total")
        .doesNotContainKey("cdc_extra");
    assertThat(GenericData.get().validate(schema.avro(), row.row())).isTrue();
    assertThat(table.item(row.row())).isEqualTo(after.item());
  }

  @Test
  void aRemovalShowsTheItemAsItLastWas() {
    Image before = image("{" + KEY + ",'Total':{'N':'5'}}");

    TypedRow row = row(table, new Sight(Operation.REMOVE, null, before));

    assertThat(texts(row.row()))
        .containsEntry("cdc_op", "REMOVE")
        .containsEntry("cdc_old_digest", before.digest())
        .containsKey("Total")
        .doesNotContainKey("cdc_digest");
    assertThat(table.item(row.row())).isEqualTo(before.item());
  }

  @Test
  void anItemThatEntersHasNoOldDigest() {
    Image entered = image("{" + KEY + "}");

    TypedRow row = row(table, new Sight(Operation.INSERT, entered, null));

    assertThat(texts(row.row()))
        .containsEntry("cdc_op", "INSERT")
        .containsEntry("cdc_digest", entered.digest())
        .doesNotContainKey("cdc_old_digest");
  }

  @Test
  void whatColumnsDoNotHoldIsSetAsideWithItsReason() {
    EntitySchema wider = schema.plus(List.of(column("n", "int"), column("s", "string")));
    TypedTable wide = new TypedTable(ORDERS, wider);
    Image image =
        image(
            "{"
                + KEY
                + ",'Total':{'N':'1.001'},'CreatedAt':{'S':'2026-11-06T02:00:00+02:00'},"
                + "'GSI1PK':{'S':'SESSIONS'},'GSI1SK':{'S':'omitted'},'n':{'N':'1E20'},"
                + "'s':{'N':'1'},'more':{'S':'x'},'TOTAL':{'S':'y'},'cdc_x':{'S':'z'}}");

    TypedRow row = row(wide, new Sight(Operation.INSERT, image, null));

    assertThat(row.extras())
        .extracting(extra -> extra.attribute() + " " + extra.reason())
        .containsExactly(
            "CreatedAt SPELLING",
            "GSI1PK TEMPLATE",
            "TOTAL NAME",
            "Total PRECISION",
            "cdc_x NAME",
            "more UNKNOWN",
            "n RANGE",
            "s TYPE");
    assertThat(texts(row.row()))
        .containsEntry("CreatedAt", "1793923200000000")
        .doesNotContainKeys("Total", "n", "s", "gsi_status", "gsi_day");
    Map<String, Value> kept = new HashMap<>(image.item().attributes());
    kept.remove("GSI1SK");
    assertThat(wide.item(row.row())).isEqualTo(new Item(kept));
  }

  @Test
  void dynamoDbsNullIsSetAside() {
    Image image = image("{" + KEY + ",'Total':{'NULL':true},'more':{'NULL':true}}");

    TypedRow row = row(table, new Sight(Operation.INSERT, image, null));

    assertThat(row.extras())
        .extracting(extra -> extra.attribute() + " " + extra.reason())
        .containsExactly("Total NULL", "more NULL");
    assertThat(texts(row.row()))
        .containsEntry("cdc_extra", "{\"Total\":{\"NULL\":true},\"more\":{\"NULL\":true}}");
    assertThat(table.item(row.row())).isEqualTo(image.item());
  }

  @Test
  void aKeyWhoseCaptureDoesNotFitIsCountedAndStaysExactInTheKey() {
    Image image = image("{'PK':{'S':'USER#u1'},'SK':{'S':'ORDER#007'}}");

    TypedRow row = row(table, new Sight(Operation.INSERT, image, null));

    assertThat(row.extras())
        .extracting(extra -> extra.attribute() + " " + extra.reason())
        .containsExactly("SK TEMPLATE");
    assertThat(texts(row.row()))
        .containsEntry("user_id", "u1")
        .doesNotContainKeys("order_id", "cdc_extra");
    assertThat(table.item(row.row())).isEqualTo(image.item());
  }

  @Test
  void aKeyWithoutTemplateIsAnOrdinaryAttribute() {
    Entity entity =
        new Entity(
            "plain", Map.of(), Map.of(), Map.of(), Set.of(), List.of(), true, Optional.empty());
    EntitySchema without = EntitySchema.first("plain", List.of());
    TypedTable first = new TypedTable(entity, without);
    TypedTable second = new TypedTable(entity, without.plus(List.of(column("SK", "string"))));
    Sight sight = new Sight(Operation.INSERT, image("{" + KEY + "}"), null);

    assertThat(row(first, sight).extras())
        .extracting(extra -> extra.attribute() + " " + extra.reason())
        .containsExactly("PK UNKNOWN", "SK UNKNOWN");
    assertThat(texts(row(second, sight).row())).containsEntry("SK", "ORDER#7");
    assertThat(second.item(row(second, sight).row())).isEqualTo(image("{" + KEY + "}").item());
  }

  @Test
  void aLaterVersionReadsTheRowsOfEarlierOnes() {
    Image image = image("{" + KEY + ",'Total':{'N':'5'},'more':{'S':'x'}}");
    GenericRecord old = row(table, new Sight(Operation.INSERT, image, null)).row();
    TypedTable later = new TypedTable(ORDERS, schema.plus(List.of(column("more", "string"))));

    assertThat(later.item(old)).isEqualTo(image.item());
  }

  @Test
  void aRowIsRebuiltByTheTemplateThatItWasWrittenBy() {
    Image image = image("{" + KEY + ",'GSI1PK':{'S':'STATUS#PAID#2026-11-07'}}");
    GenericRecord old = row(table, new Sight(Operation.INSERT, image, null)).row();
    Entity changed =
        new Entity(
            "orders",
            ORDERS.match(),
            Map.of(),
            Map.of("GSI1PK", template("ST#{gsi_status}#{gsi_day}")),
            Set.of(),
            List.of(),
            true,
            Optional.empty());
    TypedTable later = new TypedTable(changed, schema.plus(changed.declaredColumns()));
    Image now = image("{" + KEY + ",'GSI1PK':{'S':'ST#PAID#2026-11-07'}}");

    TypedRow row = row(later, new Sight(Operation.INSERT, now, null));

    assertThat(later.item(old)).isEqualTo(image.item());
    assertThat(later.item(row.row())).isEqualTo(now.item());
    assertThat(row.extras())
        .extracting(extra -> extra.attribute() + " " + extra.reason())
        .containsExactly("GSI1PK TEMPLATE");
  }

  @Test
  void aRowWithoutKeyIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.item(new GenericData.Record(schema.avro())))
        .withMessage("A row of 'orders' has no cdc_key; read the file with all its columns");
  }

  private static TypedRow row(TypedTable table, Sight sight) {
    Image newImage = sight.newImage();
    Image oldImage = sight.oldImage();
    Image image = newImage == null ? oldImage : newImage;
    Map<String, Value> keys = new HashMap<>();
    if (image != null) {
      keys.putAll(image.item().attributes());
      keys.keySet().retainAll(Set.of("PK", "SK"));
    }
    ChangeEvent event =
        new ChangeEvent(
            Operation.MODIFY,
            TIME,
            new SequenceNumber("0".repeat(37) + "100"),
            "event-1",
            false,
            Image.of(new Item(keys)),
            newImage,
            oldImage);
    return table.row(SHARD, event, TIME, sight);
  }

  /** What is not null, as text. */
  private static Map<String, @Nullable String> texts(GenericRecord row) {
    Map<String, @Nullable String> texts = new HashMap<>();
    row.getSchema()
        .getFields()
        .forEach(
            field -> {
              Object content = row.get(field.pos());
              if (content != null) {
                texts.put(field.name(), content.toString());
              }
            });
    return texts;
  }

  private static Image image(String json) {
    return Image.parse(json.replace('\'', '"'));
  }

  private static Template template(String text) {
    return Template.parse(text, '#');
  }

  private static Column column(String attribute, String type) {
    return Column.of(attribute, ColumnType.parse(type));
  }
}
