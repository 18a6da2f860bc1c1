package dev.afterbay.reconciliation.erase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.toavro.QuarantineTable;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import dev.afterbay.transforms.typed.EntitySchema;
import dev.afterbay.transforms.typed.Fit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewrittenFileTest {
  private static final List<KeyAttribute> KEYS =
      List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.N));
  private static final String ERASED = "{\"PK\":{\"S\":\"k'7\"},\"SK\":{\"N\":\"7\"}}";

  /** A column of each type, and a value of it. */
  private static final Map<String, String> COLUMNS = columns();

  @TempDir private Path dir;

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("string", "{\"S\":\"teͤxt 😀\"}");
    columns.put("boolean", "{\"BOOL\":true}");
    columns.put("int", "{\"N\":\"-2147483648\"}");
    columns.put("bigint", "{\"N\":\"9223372036854775807\"}");
    columns.put("double", "{\"N\":\"0.25\"}");
    columns.put("decimal(38,9)", "{\"N\":\"-12345678901234567890123456789.123456789\"}");
    columns.put("decimal(12,2)", "{\"N\":\"17.5\"}");
    columns.put("date", "{\"S\":\"1583-01-01\"}");
    columns.put("binary", "{\"B\":\"AAEC/w==\"}");
    columns.put("timestamp", "{\"S\":\"2026-11-21T05:00:00.123456Z\"}");
    columns.put("array<binary>", "{\"L\":[{\"B\":\"AAE=\"},{\"B\":\"\"}]}");
    columns.put("set<decimal(5,1)>", "{\"NS\":[\"1.5\",\"-2\"]}");
    columns.put(
        "map<string,array<bigint>>", "{\"M\":{\"z\":{\"L\":[{\"N\":\"1\"}]},\"a\":{\"L\":[]}}}");
    columns.put(
        "struct<a: date, b: struct<c: timestamp, d: map<string,string>>>",
        "{\"M\":{\"a\":{\"S\":\"2026-11-21\"},\"b\":{\"M\":{\"c\":{\"S\":\"2026-11-21T05:00:00Z\"},"
            + "\"d\":{\"M\":{\"y\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"}}}}}}}");
    columns.put("json", "{\"L\":[{\"NULL\":true},{\"N\":\"1\"}]}");
    return columns;
  }

  @Test
  void rowsOfEveryTypeStayAsTheyAreInTheirOrder() throws IOException {
    List<Column> columns = new ArrayList<>();
    COLUMNS
        .keySet()
        .forEach(type -> columns.add(Column.of("c" + columns.size(), ColumnType.parse(type))));
    EntitySchema schema = EntitySchema.first("things", columns);
    Path file = dir.resolve("before.parquet");
    write(file, schema.avro(), rows(schema));
    List<String> before = read(file);

    RewrittenFile rewritten = RewrittenFile.of(file, keys(), dir).orElseThrow();

    assertThat(rewritten.dropped()).isEqualTo(3);
    assertThat(rewritten.rows()).isEqualTo(27);
    Path after = Files.write(dir.resolve("after.parquet"), rewritten.content());
    assertThat(read(after))
        .isEqualTo(before.stream().filter(row -> !row.contains("\"SK\":{\"N\":\"7\"}")).toList());
    assertThat(layout(after)).isEqualTo(layout(file));
  }

  /** Thirty rows of ten keys; every other one is null wherever it may be. */
  private static List<GenericRecord> rows(EntitySchema schema) {
    List<GenericRecord> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      GenericRecord row = new GenericData.Record(schema.avro());
      for (Schema.Field field : schema.avro().getFields()) {
        switch (field.schema().getType()) {
          case LONG -> row.put(field.pos(), 1_763_701_200_123_456L + i);
          case BOOLEAN -> row.put(field.pos(), i % 3 == 0);
          case STRING -> row.put(field.pos(), "row " + i);
          default -> {}
        }
      }
      row.put(EntitySchema.CDC_KEY, key(i % 10));
      if (i % 2 == 1) {
        for (Column column : schema.columns()) {
          String value = Objects.requireNonNull(COLUMNS.get(column.type().text()));
          row.put(column.name(), exact(column, value));
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object exact(Column column, String value) {
    Fit fit =
        column.type().fit(Image.parse("{\"A\":" + value + "}").item().attribute("A").orElseThrow());
    assertThat(fit).as(column.type().text()).isNotInstanceOf(Fit.Misfit.class);
    return fit instanceof Fit.Exact exact ? exact.content() : ((Fit.Respelled) fit).content();
  }

  private static String key(int number) {
    return "{\"PK\":{\"S\":\"k'%1$d\"},\"SK\":{\"N\":\"%1$d\"}}".formatted(number);
  }

  @Test
  void recordsInQuarantineAreOfAKeyByWhatTheyTell() throws IOException {
    StreamShard shard =
        new StreamShard(
            new TableName("Things"),
            new StreamLabel("2026-11-20T00:00:00.000"),
            new ShardId("shardId-1"));
    List<GenericRecord> rows = new ArrayList<>();
    for (String record :
        List.of(
            "{\"dynamodb\":{\"Keys\":" + ERASED + "}}",
            "{\"dynamodb\":{\"Keys\":" + key(8) + "}}",
            "no JSON, but \"k'7\" and \"7\" all the same",
            "no JSON, and \"k'7\" alone")) {
      rows.add(
          QuarantineTable.row(
              shard,
              SequenceNumber.parse("" + (100 + rows.size())),
              Instant.EPOCH,
              null,
              "reason",
              record));
    }
    Path file = dir.resolve("quarantine.parquet");
    write(file, QuarantineTable.schema(), rows);

    RewrittenFile rewritten = RewrittenFile.of(file, keys(), dir).orElseThrow();

    assertThat(rewritten.dropped()).isEqualTo(2);
    assertThat(rewritten.rows()).isEqualTo(2);
  }

  @Test
  void aFileWithoutTheKeyIsLeftAlone() throws IOException {
    EntitySchema schema = EntitySchema.first("things", List.of());
    Path file = dir.resolve("other.parquet");
    write(file, schema.avro(), rows(schema));

    assertThat(RewrittenFile.of(file, ErasedKeys.of(KEYS, List.of(key(11))), dir)).isEmpty();
  }

  private static ErasedKeys keys() {
    return ErasedKeys.of(KEYS, List.of("{\"SK\":{\"N\":\"7.0\"},\"PK\":{\"S\":\"k'7\"}}"));
  }

  private void write(Path path, Schema schema, List<GenericRecord> rows) throws IOException {
    ParquetFile file = new ParquetFile(schema, LakeTable.allPlainColumns(), dir);
    for (GenericRecord row : rows) {
      file.append(row);
    }
    file.finish();
    ByteBuffer content = ByteBuffer.allocate((int) file.bytes());
    file.content().read(0, content);
    Files.write(path, content.array());
    file.discard();
  }

  private List<String> read(Path file) {
    return ask(
            "SELECT t::VARCHAR FROM read_parquet(%s, file_row_number = true) t ORDER BY file_row_number",
            file)
        .stream()
        .map(row -> row.replaceFirst("'file_row_number': [0-9]+", ""))
        .toList();
  }

  private List<String> layout(Path file) {
    return ask(
        "SELECT concat_ws(' ', name, type, type_length, repetition_type, num_children, logical_type) FROM parquet_schema(%s)",
        file);
  }

  private List<String> ask(String sql, Path file) {
    List<String> rows = new ArrayList<>();
    try (Duck duck = Duck.inMemory(Duck.Limits.of(dir))) {
      duck.ask(sql.formatted(Duck.files(List.of(file))), row -> rows.add(row.getString(1)));
    }
    return rows;
  }
}
