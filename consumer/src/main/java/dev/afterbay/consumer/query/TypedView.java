package dev.afterbay.consumer.query;

import dev.afterbay.transforms.typed.EntitySchema;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The typed table of one entity as a view, which bears the entity's name as in Athena. */
final class TypedView {
  private TypedView() {}

  /** Over the mirrored files; there must be at least one. */
  static String over(ReadOnlyDuck duck, Path folder) {
    String files =
        "FROM read_parquet("
            + ReadOnlyDuck.literal(folder + "/*/*/*.parquet")
            + ", hive_partitioning = true, hive_types = {'dt': VARCHAR, 'hh': VARCHAR},"
            + " union_by_name = true)";
    List<String> times = duck.columnsOf("SELECT * " + files, "TIMESTAMP WITH TIME ZONE");
    String casts =
        times.stream()
            .map(ReadOnlyDuck::identifier)
            .map(name -> "CAST(" + name + " AS TIMESTAMP) AS " + name)
            .collect(Collectors.joining(", "));
    return "SELECT *" + (casts.isEmpty() ? " " : " REPLACE (" + casts + ") ") + files;
  }

  /** Without any row. */
  static String empty(EntitySchema schema) {
    return schema.avro().getFields().stream()
        .map(
            field ->
                "CAST(NULL AS "
                    + type(field.schema())
                    + ") AS "
                    + ReadOnlyDuck.identifier(field.name()))
        .collect(
            Collectors.joining(
                ", ",
                "SELECT ",
                ", CAST(NULL AS VARCHAR) AS dt, CAST(NULL AS VARCHAR) AS hh WHERE false"));
  }

  private static String type(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return type(
          schema.getTypes().stream()
              .filter(branch -> branch.getType() != Schema.Type.NULL)
              .findFirst()
              .orElseThrow());
    }
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
    }
    if (logical instanceof LogicalTypes.Date) {
      return "DATE";
    }
    if (logical instanceof LogicalTypes.TimestampMicros) {
      return "TIMESTAMP";
    }
    return switch (schema.getType()) {
      case BOOLEAN -> "BOOLEAN";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case BYTES, FIXED -> "BLOB";
      case ARRAY -> type(schema.getElementType()) + "[]";
      case MAP -> "MAP(VARCHAR, " + type(schema.getValueType()) + ")";
      case RECORD ->
          schema.getFields().stream()
              .map(field -> ReadOnlyDuck.identifier(field.name()) + " " + type(field.schema()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
      default -> "VARCHAR";
    };
  }
}
