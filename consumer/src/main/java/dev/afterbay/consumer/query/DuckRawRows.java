package dev.afterbay.consumer.query;

import dev.afterbay.sinks.derive.RawReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads raw files by a DuckDB in memory, which gives out the rows as it comes by them. */
public final class DuckRawRows implements RawReader, AutoCloseable {
  private static final String NUMBER = "file_row_number";

  private final Connection duck;

  private DuckRawRows(Connection duck) {
    this.duck = duck;
  }

  /** Starts a DuckDB. */
  public static DuckRawRows open() {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    // Threads would read row groups at once, and hold what is not its turn.
    settings.setProperty("threads", "1");
    try {
      return new DuckRawRows(DriverManager.getConnection("jdbc:duckdb:", settings));
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
    }
  }

  @Override
  public void read(Path file, Schema schema, Consumer<GenericRecord> rows) throws IOException {
    String columns =
        schema.getFields().stream().map(DuckRawRows::column).collect(Collectors.joining(", "));
    String sql =
        "SELECT "
            + columns
            + ", "
            + NUMBER
            + " FROM read_parquet('"
            + file.toString().replace("'", "''")
            + "', file_row_number = true, hive_partitioning = false)";
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int number = schema.getFields().size() + 1;
      for (long next = 0; result.next(); next++) {
        if (result.getLong(number) != next) {
          throw new IOException("The rows of '" + file + "' do not come in their order");
        }
        rows.accept(row(schema, result));
      }
    } catch (SQLException e) {
      throw new IOException("'" + file + "' is no file of raw rows: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      duck.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not end: " + e.getMessage(), e);
    }
  }

  private static String column(Schema.Field field) {
    String name = '"' + field.name().replace("\"", "\"\"") + '"';
    return type(field) == Schema.Type.LONG ? "epoch_us(" + name + ")" : name;
  }

  private static GenericRecord row(Schema schema, ResultSet result) throws SQLException {
    GenericRecord row = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      row.put(field.pos(), cell(type(field), field.pos() + 1, result));
    }
    return row;
  }

  private static @Nullable Object cell(Schema.Type type, int column, ResultSet result)
      throws SQLException {
    Object value =
        switch (type) {
          case LONG -> result.getLong(column);
          case BOOLEAN -> result.getBoolean(column);
          case BYTES -> bytes(result.getBytes(column));
          default -> result.getString(column);
        };
    return result.wasNull() ? null : value;
  }

  private static @Nullable ByteBuffer bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  /** The type of a column, whether it may be null or not. */
  private static Schema.Type type(Schema.Field field) {
    Schema schema = field.schema();
    return schema.isUnion()
        ? schema.getTypes().stream()
            .map(Schema::getType)
            .filter(type -> type != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : schema.getType();
  }
}
