package dev.afterbay.consumer.query;

import dev.afterbay.sinks.catalog.SqlName;
import dev.afterbay.sinks.check.RowReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of Parquet files by a DuckDB in memory, which is no code of those that wrote them.
 */
public final class DuckRows implements RowReader, AutoCloseable {
  private final Connection duck;
  private final Path scratch;

  private DuckRows(Connection duck, Path scratch) {
    this.duck = duck;
    this.scratch = scratch;
  }

  /**
   * Starts a DuckDB.
   *
   * @param scratch a folder for the file that is read
   */
  public static DuckRows open(Path scratch) {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    // Threads would read row groups at once, and hold what is not its turn.
    settings.setProperty("threads", "1");
    try {
      return new DuckRows(DriverManager.getConnection("jdbc:duckdb:", settings), scratch);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
    }
  }

  @Override
  public long read(byte[] content, Schema schema, Consumer<GenericRecord> rows) throws IOException {
    Path file = Files.createTempFile(scratch, "rows-", ".parquet");
    try {
      Files.write(file, content);
      return read(file, schema, rows);
    } finally {
      Files.delete(file);
    }
  }

  /**
   * Decodes all of a file on this machine, and gives out its rows in their order.
   *
   * @return how many there are
   * @throws IOException if it cannot be read to its end or has other columns
   */
  public long read(Path file, Schema schema, Consumer<GenericRecord> rows) throws IOException {
    StringBuilder columns = new StringBuilder();
    schema.getFields().forEach(field -> columns.append(column(field)).append(", "));
    // The hash makes it decode the columns too that nobody has asked for.
    String sql =
        "SELECT "
            + columns
            + "file_row_number, hash(stored) FROM read_parquet('"
            + file.toString().replace("'", "''")
            + "', file_row_number = true, hive_partitioning = false) stored";
    long count = 0;
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int number = schema.getFields().size() + 1;
      while (result.next()) {
        if (result.getLong(number) != count) {
          throw new IOException("Its rows do not come in their order");
        }
        rows.accept(row(schema, result));
        count++;
      }
      return count;
    } catch (SQLException e) {
      throw new IOException("Row " + count + " cannot be read: " + e.getMessage(), e);
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
    String name = SqlName.quoted(field.name());
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
