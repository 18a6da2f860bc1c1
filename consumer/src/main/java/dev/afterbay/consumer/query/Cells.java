package dev.afterbay.consumer.query;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;
import org.jspecify.annotations.Nullable;

/** Turns what DuckDB's driver returns into the cells of an {@link Answer}. */
final class Cells {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private Cells() {}

  static @Nullable Object cell(ResultSet row, int column, String type) throws SQLException {
    if (type.startsWith("TIMESTAMP") && !type.contains("ZONE") && !type.endsWith("[]")) {
      // Not through java.sql.Timestamp, which has no hour that daylight saving skips.
      LocalDateTime time = row.getObject(column, LocalDateTime.class);
      return time == null ? null : TIME.format(time);
    }
    return cell(row.getObject(column));
  }

  private static @Nullable Object cell(@Nullable Object value) throws SQLException {
    if (value == null || value instanceof Boolean || value instanceof Number) {
      return value instanceof Double number && !Double.isFinite(number) ? number.toString() : value;
    }
    if (value instanceof OffsetDateTime time) {
      return TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC)) + " UTC";
    }
    if (value instanceof Timestamp time) {
      return TIME.format(time.toLocalDateTime());
    }
    if (value instanceof Blob blob) {
      return spaced(blob.getBytes(1, (int) blob.length()));
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return spaced(bytes);
    }
    if (value instanceof JsonNode json) {
      return new Answer.RawJson(json.toString());
    }
    if (value instanceof DuckDBStruct struct) {
      return map(struct.getMap());
    }
    if (value instanceof Struct struct) {
      return list(struct.getAttributes());
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Array array) {
      return list((Object[]) array.getArray());
    }
    return value.toString();
  }

  private static List<@Nullable Object> list(Object[] values) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object value : values) {
      list.add(cell(value));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> values) throws SQLException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      map.put(String.valueOf(cell(entry.getKey())), cell(entry.getValue()));
    }
    return map;
  }

  /** Bytes as Athena prints them. */
  private static String spaced(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
