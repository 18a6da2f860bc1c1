package dev.afterbay.consumer.query;

import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The raw changes of one source table as a view. */
final class ChangesView {
  private ChangesView() {}

  /** The name in Athena: all tables of an application share one database there. */
  static String name(TableName table) {
    return table.folder() + "_changes";
  }

  /** Over the mirrored files; there must be at least one. */
  static String over(Path changes) {
    return "SELECT * REPLACE (CAST(cdc_time AS TIMESTAMP) AS cdc_time) FROM read_parquet("
        + ReadOnlyDuck.literal(changes + "/*/*/*.parquet")
        + ", hive_partitioning = true, hive_types = {'dt': VARCHAR, 'hh': VARCHAR},"
        + " union_by_name = true)";
  }

  /** Without any row, for a table whose files are yet to come. */
  static String empty(List<KeyAttribute> keys) {
    List<String> columns = new ArrayList<>();
    for (ChangeColumn column : ChangeColumn.values()) {
      if (column == ChangeColumn.NEW_IMAGE) {
        keys.forEach(
            key -> columns.add(column(key.name(), key.type() == KeyType.B ? "BLOB" : "VARCHAR")));
      }
      columns.add(
          column(
              column.columnName(),
              switch (column) {
                case CDC_TIME -> "TIMESTAMP";
                case CDC_TTL -> "BOOLEAN";
                default -> "VARCHAR";
              }));
    }
    columns.add(column("dt", "VARCHAR"));
    columns.add(column("hh", "VARCHAR"));
    return columns.stream().collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  private static String column(String name, String type) {
    return "CAST(NULL AS " + type + ") AS " + ReadOnlyDuck.identifier(name);
  }
}
