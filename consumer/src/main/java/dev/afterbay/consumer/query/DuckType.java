package dev.afterbay.consumer.query;

import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Avro's types as DuckDB spells them. */
final class DuckType {
  private DuckType() {}

  static String of(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return of(
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
      case ARRAY -> of(schema.getElementType()) + "[]";
      case MAP -> "MAP(VARCHAR, " + of(schema.getValueType()) + ")";
      case RECORD ->
          schema.getFields().stream()
              .map(field -> ReadOnlyDuck.identifier(field.name()) + " " + of(field.schema()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
      default -> "VARCHAR";
    };
  }
}
