package dev.afterbay.local.athena;

import dev.afterbay.local.trino.Trino;
import io.trino.jdbc.Row;
import io.trino.jdbc.RowField;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks Trino, with the values spelt as {@code afterbay query} spells them. */
final class TrinoSql implements Sql, AutoCloseable {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private final Connection connection;

  TrinoSql(Trino trino, String schema) {
    try {
      this.connection = trino.connect(schema);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement that has no answer. */
  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
    }
  }

  @Override
  public List<Map<String, String>> ask(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<Map<String, String>> rows = new ArrayList<>();
      while (result.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(
              result.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT),
              Texts.of(plain(result.getObject(i))));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
    }
  }

  @Override
  public List<Map<String, String>> asOf(String query, String moment) {
    return ask("EXECUTE " + query + " USING '" + moment + "'");
  }

  /** Trino's own classes as those of the collections. */
  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    if (value instanceof Row row) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (RowField field : row.getFields()) {
        fields.put(field.getName().orElse(""), plain(field.getValue()));
      }
      return fields;
    }
    if (value instanceof Array array) {
      return plain(List.of((Object[]) array.getArray()));
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      for (Object element : list) {
        plain.add(plain(element));
      }
      return plain;
    }
    if (value instanceof Timestamp time) {
      return TIME.format(time.toLocalDateTime());
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        plain.put(entry.getKey(), plain(entry.getValue()));
      }
      return plain;
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
