package dev.afterbay.sinks.catalog;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Avro's types as Hive spells them. */
final class HiveType {
  private HiveType() {}

  /** As catalogs hold it. */
  static String of(Schema type) {
    return of(type, name -> name);
  }

  /** As a statement in Hive's DDL has it, which may have to quote the names of fields. */
  static String inDdl(Schema type) {
    return of(type, SqlName::inDdl);
  }

  private static String of(Schema type, UnaryOperator<String> quoting) {
    Schema value = Nullable.value(type);
    LogicalType logical = value.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
    }
    if (logical instanceof LogicalTypes.Date) {
      return "date";
    }
    if (logical instanceof LogicalTypes.TimestampMicros) {
      return "timestamp";
    }
    return switch (value.getType()) {
      case BOOLEAN -> "boolean";
      case INT -> "int";
      case LONG -> "bigint";
      case DOUBLE -> "double";
      case STRING -> "string";
      case BYTES -> "binary";
      case ARRAY -> "array<" + of(value.getElementType(), quoting) + ">";
      case MAP -> "map<string," + of(value.getValueType(), quoting) + ">";
      case RECORD ->
          value.getFields().stream()
              .map(
                  field ->
                      quoting.apply(field.name().toLowerCase(Locale.ROOT))
                          + ":"
                          + of(field.schema(), quoting))
              .collect(Collectors.joining(",", "struct<", ">"));
      default -> throw new IllegalArgumentException("No column of the lake is of type " + value);
    };
  }
}
