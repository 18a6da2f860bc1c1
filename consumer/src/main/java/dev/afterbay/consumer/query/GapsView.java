package dev.afterbay.consumer.query;

import dev.afterbay.sinks.commit.GapsTable;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What is known to be missing of one source table, as a view. */
final class GapsView {
  private GapsView() {}

  /** The name in Athena. */
  static String name(TableName table) {
    return table.folder() + "_" + LakeTable.GAPS;
  }

  /** Over the mirrored files; there must be at least one. */
  static String over(Path gaps) {
    String times =
        GapsTable.schema().getFields().stream()
            .filter(GapsView::isTime)
            .map(field -> "CAST(%1$s AS TIMESTAMP) AS %1$s".formatted(field.name()))
            .collect(Collectors.joining(", "));
    return "SELECT * REPLACE ("
        + times
        + ") FROM read_parquet("
        + ReadOnlyDuck.literal(gaps + "/*/*.parquet")
        + ", hive_partitioning = true, hive_types = {'dt': VARCHAR}, union_by_name = true)";
  }

  /** Without any row: nothing is known to be missing. */
  static String empty() {
    return GapsTable.schema().getFields().stream()
        .map(
            field ->
                "CAST(NULL AS %s) AS %s"
                    .formatted(isTime(field) ? "TIMESTAMP" : "VARCHAR", field.name()))
        .collect(Collectors.joining(", ", "SELECT ", ", CAST(NULL AS VARCHAR) AS dt WHERE false"));
  }

  private static boolean isTime(Schema.Field field) {
    return field.schema().getLogicalType() != null;
  }
}
