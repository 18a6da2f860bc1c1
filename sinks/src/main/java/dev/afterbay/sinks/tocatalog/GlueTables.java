package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.tocatalog.CatalogEntry.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Tables and views as Glue spells them. */
final class GlueTables {
  private static final String EXTERNAL_TABLE = "EXTERNAL_TABLE";
  private static final String VIRTUAL_VIEW = "VIRTUAL_VIEW";

  private GlueTables() {}

  static CatalogEntry entry(Table table) {
    @Nullable StorageDescriptor storage = table.storageDescriptor();
    return new CatalogEntry(
        table.name().toLowerCase(Locale.ROOT),
        VIRTUAL_VIEW.equals(table.tableType()) ? Kind.VIEW : Kind.TABLE,
        text(table.versionId()),
        text(table.description()),
        storage == null ? "" : text(storage.location()),
        storage == null ? List.of() : columns(storage.columns()),
        columns(table.partitionKeys()),
        table.parameters());
  }

  /** A table that is not yet there. */
  static TableInput input(TableDefinition table) {
    return described(TableInput.builder(), table)
        .tableType(EXTERNAL_TABLE)
        .partitionKeys(columns(table.partitions(), List.of()))
        .storageDescriptor(
            stored(StorageDescriptor.builder(), table)
                .columns(columns(table.columns(), List.of()))
                .serdeInfo(serde(table.format()).build())
                .build())
        .build();
  }

  /** A table that is there: what the definition tells, over all else that it has. */
  static TableInput over(Table now, TableDefinition table) {
    StorageDescriptor storage =
        now.storageDescriptor() == null
            ? StorageDescriptor.builder().build()
            : now.storageDescriptor();
    SerDeInfo.Builder serde = serde(table.format());
    if (storage.serdeInfo() != null) {
      Map<String, String> parameters = new HashMap<>(storage.serdeInfo().parameters());
      parameters.putAll(serde.build().parameters());
      serde.name(storage.serdeInfo().name()).parameters(parameters);
    }
    return described(TableInput.builder(), table)
        .owner(now.owner())
        .lastAccessTime(now.lastAccessTime())
        .lastAnalyzedTime(now.lastAnalyzedTime())
        .retention(now.retention())
        .tableType(now.tableType())
        .partitionKeys(now.partitionKeys())
        .storageDescriptor(
            stored(storage.toBuilder(), table)
                .columns(columns(table.columns(), storage.columns()))
                .serdeInfo(serde.build())
                .build())
        .build();
  }

  private static TableInput.Builder described(TableInput.Builder input, TableDefinition table) {
    return input.name(table.name()).description(table.comment()).parameters(table.parameters());
  }

  private static StorageDescriptor.Builder stored(
      StorageDescriptor.Builder storage, TableDefinition table) {
    storage.location(table.location());
    return switch (table.format()) {
      case PARQUET ->
          storage
              .inputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat")
              .outputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
      case JSON_LINES ->
          storage
              .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
              .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
    };
  }

  private static SerDeInfo.Builder serde(Format format) {
    SerDeInfo.Builder serde = SerDeInfo.builder().parameters(Map.of("serialization.format", "1"));
    return switch (format) {
      case PARQUET ->
          serde.serializationLibrary("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
      case JSON_LINES -> serde.serializationLibrary("org.openx.data.jsonserde.JsonSerDe");
    };
  }

  private static List<TableColumn> columns(List<Column> columns) {
    return columns.stream()
        .map(
            column ->
                new TableColumn(
                    column.name().toLowerCase(Locale.ROOT),
                    text(column.type()),
                    text(column.comment())))
        .toList();
  }

  /** With whatever else others have noted at a column. */
  private static List<Column> columns(List<TableColumn> columns, List<Column> now) {
    Map<String, Column> known = new HashMap<>();
    now.forEach(column -> known.put(column.name().toLowerCase(Locale.ROOT), column));
    return columns.stream()
        .map(
            column ->
                known
                    .getOrDefault(column.name(), Column.builder().name(column.name()).build())
                    .toBuilder()
                    .type(column.type())
                    .comment(column.comment())
                    .build())
        .toList();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
