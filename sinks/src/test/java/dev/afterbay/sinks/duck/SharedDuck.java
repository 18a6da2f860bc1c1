package dev.afterbay.sinks.duck;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB that knows nothing of the service and reads the lake's files as a stranger would: one
 * for all tests of a JVM, because to start one takes longer than most questions.
 */
public final class SharedDuck {
  private static final DuckDBConnection DUCK = start();

  private SharedDuck() {}

  private static DuckDBConnection start() {
    try {
      DuckDBConnection duck =
          DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
      try (Statement statement = duck.createStatement()) {
        // What is asked is small, and there is one thread that asks.
        statement.execute("SET threads = 1");
        // A file that a test has damaged is to be read again.
        statement.execute("SET enable_external_file_cache = false");
      }
      return duck;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A session of its own, with its own settings; the tables are those of all. */
  public static Connection session() throws SQLException {
    return DUCK.duplicate();
  }

  /** Rows of texts; what is null is {@code null} in writing. */
  public static List<List<String>> ask(String sql) {
    try (Connection session = session();
        Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Does what has no answer. */
  public static void run(String sql) {
    try (Connection session = session();
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
