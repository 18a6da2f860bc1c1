package dev.afterbay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import dev.afterbay.transforms.typed.EntitySchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckTableTest {
  private static final List<String> TYPES =
      List.of(
          "string",
          "boolean",
          "int",
          "bigint",
          "double",
          "decimal(12,2)",
          "decimal(38,9)",
          "date",
          "timestamp",
          "timestamp(seconds)",
          "binary",
          "array<decimal(12,2)>",
          "set<string>",
          "map<string,bigint>",
          "struct<city: string, since: date>",
          "json");

  @TempDir Path dir;

  @Test
  void anEmptyViewHasTheColumnsAndTypesOfOneOverFiles() throws IOException {
    EntitySchema schema = EntitySchema.first("orders", columns(TYPES));
    write(schema);
    try (ReadOnlyDuck duck = new ReadOnlyDuck()) {
      duck.view("filled", DuckTable.over(duck, table(schema), dir));
      duck.view("empty", DuckTable.empty(table(schema)));

      List<String> full = described(duck, "filled");
      assertThat(full)
          .contains("cdc_time TIMESTAMP", "c5 DECIMAL(12,2)", "c8 TIMESTAMP", "c12 VARCHAR[]")
          .contains("dt VARCHAR", "hh VARCHAR");
      assertThat(described(duck, "empty")).isEqualTo(full);
    }
  }

  @Test
  void oldFilesAreReadableUnderTheNewestSchema() throws IOException {
    EntitySchema first = EntitySchema.first("orders", columns(List.of("string")));
    EntitySchema schema = first.plus(columns(List.of("string", "bigint")));
    write(first);
    write(schema);
    try (ReadOnlyDuck duck = new ReadOnlyDuck()) {
      duck.view("orders", DuckTable.over(duck, table(schema), dir));

      Rows.Collector rows = new Rows.Collector();
      duck.ask("SELECT count(*), count(c1) FROM orders", rows);
      assertThat(rows.rows().rows()).containsExactly(List.of(2L, 0L));
    }
  }

  @Test
  void aColumnThatNoFileHasYetIsNull() throws IOException {
    EntitySchema first = EntitySchema.first("orders", columns(List.of("string")));
    EntitySchema schema = first.plus(columns(List.of("string", "bigint")));
    write(first);
    try (ReadOnlyDuck duck = new ReadOnlyDuck()) {
      duck.view("orders", DuckTable.over(duck, table(schema), dir));

      Rows.Collector rows = new Rows.Collector();
      duck.ask("SELECT cdc_op, c1 IS NULL FROM orders", rows);
      assertThat(rows.rows().rows()).containsExactly(List.of("x", true));
    }
  }

  private static CatalogTable table(EntitySchema schema) {
    return SourceCatalog.of(new TableName("Shop"), List.of(), List.of(schema)).tables().get(0);
  }

  private static List<Column> columns(List<String> types) {
    List<Column> columns = new ArrayList<>();
    for (String type : types) {
      columns.add(Column.of("c" + columns.size(), ColumnType.parse(type)));
    }
    return columns;
  }

  private static List<String> described(ReadOnlyDuck duck, String view) {
    Rows.Collector rows = new Rows.Collector();
    duck.ask("SELECT column_name || ' ' || column_type FROM (DESCRIBE " + view + ")", rows);
    return rows.rows().rows().stream().map(row -> String.valueOf(row.get(0))).toList();
  }

  /** A file with one row, of which only our own columns are filled. */
  private void write(EntitySchema schema) throws IOException {
    GenericRecord row = new GenericData.Record(schema.avro());
    for (Schema.Field field : schema.avro().getFields()) {
      switch (field.schema().getType()) {
        case STRING -> row.put(field.pos(), "x");
        case LONG -> row.put(field.pos(), 0L);
        case BOOLEAN -> row.put(field.pos(), false);
        default -> row.put(field.pos(), null);
      }
    }
    ParquetFile parquet = new ParquetFile(schema.avro(), Set.of(), dir);
    parquet.append(row);
    parquet.finish();
    ByteBuffer bytes = ByteBuffer.allocate((int) parquet.bytes());
    parquet.content().read(0, bytes);
    Path folder = Files.createDirectories(dir.resolve("dt=2026-11-21/hh=05"));
    Files.write(folder.resolve("v" + schema.version() + ".parquet"), bytes.array());
    parquet.discard();
  }
}
