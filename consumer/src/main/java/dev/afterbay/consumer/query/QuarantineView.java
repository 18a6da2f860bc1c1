package dev.afterbay.consumer.query;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.QuarantineTable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The records of one source table that could not become changes, as a view. */
final class QuarantineView {
  private QuarantineView() {}

  /** The name in Athena. */
  static String name(TableName table) {
    return table.folder() + "_quarantine";
  }

  /** Over the mirrored files; there must be at least one. */
  static String over(Path quarantine) {
    return "SELECT * REPLACE (CAST(cdc_time AS TIMESTAMP) AS cdc_time) FROM read_parquet("
        + ReadOnlyDuck.literal(quarantine + "/*/*.parquet")
        + ", hive_partitioning = true, hive_types = {'dt': VARCHAR}, union_by_name = true)";
  }

  /** Without any row. */
  static String empty() {
    return List.of(
            QuarantineTable.CDC_TIME,
            QuarantineTable.CDC_SEQ,
            QuarantineTable.CDC_SHARD,
            QuarantineTable.CDC_STREAM,
            QuarantineTable.CDC_EVENT_ID,
            QuarantineTable.REASON,
            QuarantineTable.RECORD,
            "dt")
        .stream()
        .map(
            column ->
                "CAST(NULL AS "
                    + (column.equals(QuarantineTable.CDC_TIME) ? "TIMESTAMP" : "VARCHAR")
                    + ") AS "
                    + column)
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }
}
