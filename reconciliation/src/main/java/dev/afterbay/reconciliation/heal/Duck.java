package dev.afterbay.reconciliation.heal;

import dev.afterbay.sinks.segment.LakeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB of our own, on this machine's disk: what does not fit into its share of memory it leaves
 * there.
 */
final class Duck implements AutoCloseable {
  private final DuckDBConnection connection;

  Duck(Path scratch, String memory) {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    try {
      connection =
          DriverManager.getConnection("jdbc:duckdb:" + scratch.resolve("heal.duckdb"), settings)
              .unwrap(DuckDBConnection.class);
      run("SET TimeZone = 'UTC'");
      run("SET memory_limit = " + literal(memory));
      run("SET temp_directory = " + literal(scratch.resolve("spilled").toString()));
      run("SET preserve_insertion_order = false");
      run("SET threads = 2");
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Duck(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** What is done with one row. */
  @FunctionalInterface
  interface RowAction {
    void on(ResultSet row) throws SQLException;
  }

  /** What is added to a table. */
  @FunctionalInterface
  interface Addition {
    void to(DuckDBAppender table) throws SQLException;
  }

  /** Another session on the same database, to write while the first reads. */
  Duck another() {
    try {
      return new Duck(connection.duplicate());
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Hands out the rows of a question, one by one. */
  void each(String sql, RowAction action) {
    try (Connection session = connection.duplicate();
        Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        action.on(rows);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  long number(String sql) {
    long[] number = {0};
    each(sql, row -> number[0] = row.getLong(1));
    return number[0];
  }

  void add(String table, Addition addition) {
    try (DuckDBAppender appender = connection.createAppender(table)) {
      addition.to(appender);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String parquet(List<Path> files) {
    return files.stream()
        .map(file -> literal(file.toString()))
        .collect(Collectors.joining(", ", "read_parquet([", "], hive_partitioning = false)"));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The first line tells what is wrong; what follows may tell of values. */
  private static LakeException failed(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return new LakeException(
        "DuckDB could not compare exports with the lake: " + message.lines().findFirst().orElse(""),
        e);
  }
}
