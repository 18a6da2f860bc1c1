package dev.afterbay.reconciliation.erase;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Rows that DuckDB has read, as those of the schema that their file was written with. */
final class AvroRows {
  private static final Conversions.DecimalConversion DECIMALS = new Conversions.DecimalConversion();

  private AvroRows() {}

  /**
   * One row.
   *
   * @param result whose first columns are those of the schema
   */
  static GenericRecord row(Schema schema, ResultSet result) throws SQLException {
    GenericRecord row = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      row.put(field.pos(), value(field.schema(), result.getObject(field.pos() + 1)));
    }
    return row;
  }

  private static @Nullable Object value(Schema declared, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      return null;
    }
    Schema schema = present(declared);
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      BigDecimal number = ((BigDecimal) value).setScale(decimal.getScale());
      return schema.getType() == Schema.Type.FIXED
          ? DECIMALS.toFixed(number, schema, decimal)
          : DECIMALS.toBytes(number, schema, decimal);
    }
    if (logical instanceof LogicalTypes.Date) {
      return (int) ((LocalDate) value).toEpochDay();
    }
    if (logical instanceof LogicalTypes.TimestampMicros) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, ((OffsetDateTime) value).toInstant());
    }
    return switch (schema.getType()) {
      case BYTES -> bytes(value);
      case ARRAY -> list(schema, (Array) value);
      case MAP -> map(schema, (Map<?, ?>) value);
      case RECORD -> struct(schema, ((DuckDBStruct) value).getMap());
      default -> value;
    };
  }

  private static Schema present(Schema declared) {
    return declared.isUnion()
        ? declared.getTypes().stream()
            .filter(type -> type.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : declared;
  }

  private static ByteBuffer bytes(Object value) throws SQLException {
    return value instanceof Blob blob
        ? ByteBuffer.wrap(blob.getBytes(1, (int) blob.length()))
        : (ByteBuffer) value;
  }

  private static List<@Nullable Object> list(Schema schema, Array array) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : (Object[]) array.getArray()) {
      list.add(value(schema.getElementType(), element));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(Schema schema, Map<?, ?> values)
      throws SQLException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      map.put(String.valueOf(entry.getKey()), value(schema.getValueType(), entry.getValue()));
    }
    return map;
  }

  private static GenericRecord struct(Schema schema, Map<String, Object> values)
      throws SQLException {
    GenericRecord struct = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      struct.put(field.pos(), value(field.schema(), values.get(field.name())));
    }
    return struct;
  }
}
