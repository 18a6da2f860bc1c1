package dev.afterbay.transforms.toavro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.RandomItems;
import dev.afterbay.transforms.image.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTableTest {
  private static final Instant TIME = Instant.parse("2026-11-21T05:11:00.123456Z");
  private static final StreamShard SHARD =
      new StreamShard(
          new TableName("E-commerce-Data"),
          new StreamLabel("2026-11-21T05:00:00.000"),
          new ShardId("shardId-00000001732170000000-abcdef12"));
  private static final ChangesTable TABLE =
      new ChangesTable(
          List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.S)));
  private static final Image KEYS = Image.parse("{\"PK\":{\"S\":\"a\"},\"SK\":{\"S\":\"b\"}}");

  @Test
  void theColumnsStandInTheContractsOrder() {
    Schema schema = TABLE.schema();

    assertThat(schema.getFields().stream().map(field -> field.name() + " " + field.schema()))
        .containsExactly(
            "cdc_op \"string\"",
            "cdc_time {\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}",
            "cdc_seq \"string\"",
            "cdc_shard \"string\"",
            "cdc_stream \"string\"",
            "cdc_event_id \"string\"",
            "cdc_origin \"string\"",
            "cdc_ttl \"boolean\"",
            "cdc_digest [\"null\",\"string\"]",
            "cdc_old_digest [\"null\",\"string\"]",
            "PK \"string\"",
            "SK \"string\"",
            "new_image [\"null\",\"string\"]",
            "old_image [\"null\",\"string\"]");
  }

  @Test
  void aRowHoldsEveryPartOfTheChange() {
    ChangeEvent event = event(Operation.REMOVE, KEYS, null, KEYS);

    GenericRecord row = TABLE.row(SHARD, event, TIME);

    assertThat(values(row))
        .containsExactly(
            "REMOVE",
            1_795_237_860_123_456L,
            "0000000000000000000100000000000000000021",
            "shardId-00000001732170000000-abcdef12",
            "2026-11-21T05:00:00.000",
            "event-1",
            "STREAM",
            true,
            null,
            KEYS.digest(),
            "a",
            "b",
            null,
            new Utf8(KEYS.utf8()));
  }

  @Test
  void keysHaveTheirOwnTypes() {
    ChangesTable table =
        new ChangesTable(
            List.of(new KeyAttribute("id", KeyType.B), new KeyAttribute("at", KeyType.N)));
    Image keys = Image.parse("{\"id\":{\"B\":\"/w==\"},\"at\":{\"N\":\"1.50E3\"}}");

    GenericRecord row = table.row(SHARD, event(Operation.INSERT, keys, keys, null), TIME);

    assertThat(row.get("id")).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xff}));
    assertThat(row.get("at")).isEqualTo("1500");
    assertThat(table.schema().getField("id").schema().getType()).isEqualTo(Schema.Type.BYTES);
    assertThat(table.schema().getField("at").schema().getType()).isEqualTo(Schema.Type.STRING);
    assertThat(table.event(row).keys()).isEqualTo(keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order-id",
        "user:id",
        "#pk",
        "a.b",
        "1st",
        "with space",
        "\"",
        "ключ",
        "x\ud83d\ude80"
      })
  void aKeyStandsUnderItsOwnNameWhateverThatIs(String name) throws IOException {
    ChangesTable table = new ChangesTable(List.of(new KeyAttribute(name, KeyType.S)));
    Image keys = Image.of(new Item(Map.of(name, new Value.S("v"))));
    ChangeEvent event = event(Operation.INSERT, keys, keys, null);

    GenericRecord row = throughBinary(table.row(SHARD, event, TIME));

    assertThat(table.schema().getFields().get(10).name()).isEqualTo(name);
    assertThat(row.get(name)).hasToString("v");
    assertThat(table.event(row)).isEqualTo(event);
    assertThat(new Schema.Parser(NameValidator.NO_VALIDATION).parse(table.schema().toString()))
        .isEqualTo(table.schema());
  }

  @Test
  void avrosRuleForNamesHoldsAgainAfterwards() {
    assertThat(new ChangesTable(List.of(new KeyAttribute("a-b", KeyType.S))).keys()).hasSize(1);

    assertThatExceptionOfType(SchemaParseException.class)
        .isThrownBy(() -> new Schema.Field("a-b", Schema.create(Schema.Type.STRING)));
  }

  @Test
  void anyChangeIsReadBackFromItsRowAndFromAvrosBinaryForm() throws IOException {
    ChangesTable table =
        new ChangesTable(
            List.of(new KeyAttribute("pk", KeyType.B), new KeyAttribute("sort-key", KeyType.N)));
    for (long seed = 0; seed < 2_000; seed++) {
      RandomItems random = RandomItems.seeded(seed);
      Item keys = keys(random);
      Image before = image(keys, seed % 400 == 0 ? random.large() : random.next());
      Image after = image(keys, seed % 20 == 0 ? random.deep() : random.next());
      Operation operation = Operation.values()[(int) (seed % 3)];
      ChangeEvent event =
          event(
              operation,
              Image.of(keys),
              operation == Operation.REMOVE ? null : after,
              operation == Operation.INSERT ? null : before);

      GenericRecord row = table.row(SHARD, event, TIME);
      ChangeEvent fromRow = table.event(row);
      ChangeEvent fromBinary = table.event(throughBinary(row));

      assertThat(fromRow).as("seed %d", seed).isEqualTo(event);
      assertThat(fromBinary).as("seed %d", seed).isEqualTo(event);
      if (operation != Operation.REMOVE) {
        assertThat(itemOf(fromBinary.newImage())).as("seed %d", seed).isEqualTo(after.item());
      }
      if (operation != Operation.INSERT) {
        assertThat(itemOf(fromBinary.oldImage())).as("seed %d", seed).isEqualTo(before.item());
      }
    }
  }

  static Stream<Arguments> unusableKeys() {
    return Stream.of(
        Arguments.of(List.of("id", "ID"), "'ID'"),
        Arguments.of(List.of("CDC_Seq"), "'CDC_Seq'"),
        Arguments.of(List.of("new_image"), "'new_image'"),
        Arguments.of(List.of("DT"), "'DT'"),
        Arguments.of(List.of("pk", "hh"), "'hh'"));
  }

  @ParameterizedTest
  @MethodSource("unusableKeys")
  void keysThatCollideAreRefusedWithTheWayOut(List<String> names, String named) {
    List<KeyAttribute> keys =
        names.stream().map(name -> new KeyAttribute(name, KeyType.S)).toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChangesTable(keys))
        .withMessage(
            "The key attribute "
                + named
                + " cannot be a column of its own: but for upper and lower case, another key"
                + " or a column of the lake has the same name. Take the table out of 'tables',"
                + " or copy its data to a table whose keys have other names");
  }

  @Test
  void aTableHasOneOrTwoKeys() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChangesTable(List.of()))
        .withMessage("A table has one or two key attributes, not []; give its key schema");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyAttribute("", KeyType.S))
        .withMessage("A key attribute has a name; this one is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"PK\":{\"S\":\"secret\"}}",
        "{\"PK\":{\"S\":\"secret\"},\"SK\":{\"N\":\"1\"}}",
        "{\"PK\":{\"S\":\"secret\"},\"sk\":{\"S\":\"1\"}}",
        "{\"PK\":{\"S\":\"secret\"},\"SK\":{\"S\":\"1\"},\"X\":{\"S\":\"1\"}}"
      })
  void aChangeWithOtherKeysIsRefusedWithoutShowingThem(String keys) {
    ChangeEvent event = event(Operation.INSERT, Image.parse(keys), KEYS, null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TABLE.row(SHARD, event, TIME))
        .withMessageContaining("The change 0000000000000000000100000000000000000021 of " + SHARD)
        .withMessageContaining("KeyAttribute[name=PK, type=S], KeyAttribute[name=SK, type=S]")
        .withMessageContaining("restart so that its new keys are read")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  void anImageThatDoesNotAgreeWithItsDigestIsRefused() {
    GenericRecord row = TABLE.row(SHARD, event(Operation.INSERT, KEYS, KEYS, null), TIME);
    row.put("new_image", "{\"PK\":{\"S\":\"other\"}}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TABLE.event(row))
        .withMessage(
            "The image in column 'new_image' of the change"
                + " 0000000000000000000100000000000000000021 does not agree with its digest "
                + KEYS.digest()
                + "; the file is damaged or was not written by Afterbay: run fsck");
  }

  @Test
  void aRowWithoutAColumnOrItsValueIsRefused() {
    GenericRecord row = TABLE.row(SHARD, event(Operation.INSERT, KEYS, KEYS, null), TIME);
    row.put("PK", null);
    Schema foreign = SchemaBuilder.record("Other").fields().requiredString("PK").endRecord();
    GenericRecord other = new GenericData.Record(foreign);
    other.put("PK", "a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TABLE.event(row))
        .withMessage("Column 'PK' is null in a row of changes; the file is damaged or not ours");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TABLE.event(other))
        .withMessage("A row of changes has no column 'SK'; read the file with all its columns");
  }

  private static Item itemOf(@Nullable Image image) {
    return Objects.requireNonNull(image).item();
  }

  private static Item keys(RandomItems random) {
    byte[] pk = random.text().getBytes(StandardCharsets.UTF_8);
    return new Item(
        Map.of("pk", new Value.B(Bytes.of(pk)), "sort-key", new Value.N(random.number())));
  }

  private static Image image(Item keys, Item rest) {
    Map<String, Value> attributes = new HashMap<>(rest.attributes());
    attributes.putAll(keys.attributes());
    return Image.of(new Item(attributes));
  }

  private static ChangeEvent event(
      Operation operation, Image keys, @Nullable Image newImage, @Nullable Image oldImage) {
    return new ChangeEvent(
        operation,
        TIME,
        SequenceNumber.parse("100000000000000000021"),
        "event-1",
        operation == Operation.REMOVE,
        keys,
        newImage,
        oldImage);
  }

  private static List<@Nullable Object> values(GenericRecord row) {
    return row.getSchema().getFields().stream().map(field -> row.get(field.pos())).toList();
  }

  private static GenericRecord throughBinary(GenericRecord row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(row.getSchema()).write(row, encoder);
    encoder.flush();
    return new GenericDatumReader<GenericRecord>(row.getSchema())
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }
}
