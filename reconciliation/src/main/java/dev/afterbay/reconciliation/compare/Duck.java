package dev.afterbay.reconciliation.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in memory that spills into a folder of this machine and asks no other for anything. All
 * SQL that it is given is trusted.
 */
public final class Duck implements AutoCloseable {
  private final DuckDBConnection connection;

  /**
   * What DuckDB may take of this machine.
   *
   * @param memoryBytes before it spills
   * @param threads at once
   * @param folder of this process, for what is spilled
   */
  public record Limits(long memoryBytes, int threads, Path folder) {
    private static final long MEMORY = 768L << 20;

    /** What leaves a process of two gigabytes room for Java. */
    public static Limits of(Path folder) {
      return new Limits(MEMORY, Runtime.getRuntime().availableProcessors(), folder);
    }
  }

  /** What is done with rows. */
  @FunctionalInterface
  public interface RowTaker {
    /** Takes the row at which the result stands. */
    void take(ResultSet row) throws SQLException;
  }

  /** Starts DuckDB. */
  public Duck(Limits limits) {
    try {
      Path spill = Files.createDirectories(limits.folder().resolve("duckdb"));
      Connection opened = DriverManager.getConnection("jdbc:duckdb:");
      connection = opened.unwrap(DuckDBConnection.class);
      run("SET TimeZone = 'UTC'");
      run("SET memory_limit = '" + limits.memoryBytes() + "B'");
      run("SET threads = " + limits.threads());
      run("SET temp_directory = " + literal(spill.toString()));
      run("SET preserve_insertion_order = false");
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a statement. */
  public void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Asks a question, and hands out the rows one by one. */
  public void ask(String sql, RowTaker taker) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        taker.take(rows);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Rows for a table, many at a time; whoever opened it closes it before the next question. */
  public DuckDBAppender append(String table) {
    try {
      return connection.createAppender(table);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The files as an argument of {@code read_parquet}. */
  public static String files(List<Path> files) {
    return files.stream()
        .map(file -> literal(file.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Nothing of what DuckDB says of values is passed on: they are of items. */
  static IllegalStateException failed(SQLException e) {
    String message = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    String kind = message.replaceFirst("(?s)^(\\p{Alpha}+( \\p{Alpha}+)* Error): .*", "$1");
    String wayOut =
        kind.toLowerCase(Locale.ROOT).contains("memory")
            ? "; there is not enough memory, or no room in the folder for temporary files"
            : "";
    return new IllegalStateException("DuckDB cannot go on: " + kind + wayOut, e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
