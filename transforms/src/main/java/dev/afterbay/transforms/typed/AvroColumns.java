package dev.afterbay.transforms.typed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Columns that somebody declared as the fields of an Avro record. */
public final class AvroColumns {
  private AvroColumns() {}

  /**
   * The columns of an {@code .avsc} text. A field may name its attribute by a property {@code
   * attribute}, and its type by a property {@code column-type}, which says what Avro cannot: that
   * an array is a set, or that a timestamp is a number of seconds.
   *
   * @throws IllegalArgumentException if the text is no Avro record, or for the first field that
   *     cannot be a column
   */
  public static List<Column> parse(String text) {
    Schema schema;
    try {
      schema = new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("Not an Avro schema: " + e.getMessage(), e);
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "An Avro schema of columns is a record, not " + schema.getType().getName());
    }
    List<Column> columns = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      columns.add(column(field));
    }
    return columns;
  }

  private static Column column(Schema.Field field) {
    String attribute = field.getProp(EntitySchema.ATTRIBUTE_PROPERTY);
    return new Column(
        field.name(),
        new Column.Source.Attribute(attribute == null ? field.name() : attribute),
        type(field.name(), field));
  }

  private static ColumnType type(String place, Schema.Field field) {
    String declared = field.getProp(EntitySchema.TYPE_PROPERTY);
    if (declared == null) {
      return type(place, field.schema(), List.of());
    }
    try {
      return ColumnType.parse(declared);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The Avro field '" + place + "': " + e.getMessage(), e);
    }
  }

  /**
   * The type of a schema.
   *
   * @param outer the records that it is in
   */
  private static ColumnType type(String place, Schema schema, List<Schema> outer) {
    LogicalType logical = schema.getLogicalType();
    if (logical != null) {
      return logical(place, logical, schema);
    }
    if ("decimal".equals(schema.getProp(LogicalType.LOGICAL_TYPE_PROP))) {
      throw refused(place, "a decimal has a precision, and a scale that is not greater");
    }
    return switch (schema.getType()) {
      case STRING -> PlainType.STRING;
      case BOOLEAN -> PlainType.BOOLEAN;
      case INT -> PlainType.INT;
      case LONG -> PlainType.BIGINT;
      case DOUBLE -> PlainType.DOUBLE;
      case BYTES -> PlainType.BINARY;
      case ARRAY -> new ArrayType(type(place + "[]", schema.getElementType(), outer));
      case MAP -> new MapType(type(place + "{}", schema.getValueType(), outer));
      case RECORD -> struct(place, schema, outer);
      case UNION -> union(place, schema, outer);
      case FLOAT -> throw refused(place, "a float rounds; take double, or bytes with decimal");
      case ENUM -> throw refused(place, "an enum refuses what is new; take string");
      case FIXED -> throw refused(place, "a fixed needs the logical type decimal; take bytes");
      case NULL -> throw refused(place, "null is no type of its own; take [\"null\", \"string\"]");
    };
  }

  private static ColumnType logical(String place, LogicalType logical, Schema schema) {
    if (logical instanceof LogicalTypes.Decimal decimal) {
      try {
        return new DecimalType(decimal.getPrecision(), decimal.getScale());
      } catch (IllegalArgumentException e) {
        throw refused(place, String.valueOf(e.getMessage()));
      }
    }
    return switch (logical.getName()) {
      case "date" -> PlainType.DATE;
      case "timestamp-millis", "timestamp-micros" -> TimestampType.ISO;
      case "local-timestamp-millis", "local-timestamp-micros" -> TimestampType.LOCAL;
      case "uuid" -> {
        if (schema.getType() != Schema.Type.STRING) {
          throw refused(place, "a uuid is a string here");
        }
        yield PlainType.STRING;
      }
      default ->
          throw refused(
              place,
              "there is no column for the logical type '"
                  + logical.getName()
                  + "'; take decimal, date, timestamp-millis or timestamp-micros, or none");
    };
  }

  private static ColumnType struct(String place, Schema schema, List<Schema> outer) {
    if (outer.contains(schema)) {
      throw refused(place, "a record cannot be inside itself; take string with column-type json");
    }
    List<Schema> inner = new ArrayList<>(outer);
    inner.add(schema);
    Map<String, ColumnType> fields = new LinkedHashMap<>();
    for (Schema.Field field : schema.getFields()) {
      String name = place + "." + field.name();
      fields.put(
          field.name(),
          field.getProp(EntitySchema.TYPE_PROPERTY) == null
              ? type(name, field.schema(), inner)
              : type(name, field));
    }
    try {
      return new StructType(fields);
    } catch (IllegalArgumentException e) {
      throw refused(place, String.valueOf(e.getMessage()));
    }
  }

  private static ColumnType union(String place, Schema schema, List<Schema> outer) {
    List<Schema> types =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (types.size() != 1) {
      throw refused(
          place, "a column has one type and null, not the union " + schema + "; take json");
    }
    return type(place, types.get(0), outer);
  }

  private static IllegalArgumentException refused(String place, String why) {
    return new IllegalArgumentException("The Avro field '" + place + "': " + why);
  }
}
