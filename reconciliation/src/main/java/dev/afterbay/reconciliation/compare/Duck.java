package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.segment.LakeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB of this process that spills into a folder of this machine and asks no other for
 * anything. All SQL that it is given is trusted.
 */
public final class Duck implements AutoCloseable {
  private static final String IN_MEMORY = "";

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

  /** What is added to a table. */
  @FunctionalInterface
  public interface Addition {
    /** Appends rows. */
    void to(DuckDBAppender table) throws SQLException;
  }

  private Duck(DuckDBConnection connection) {
    this.connection = connection;
    run("SET TimeZone = 'UTC'");
  }

  /** Starts DuckDB, with tables in memory. */
  public static Duck inMemory(Limits limits) {
    return start(IN_MEMORY, limits);
  }

  /** Starts DuckDB, with tables in the folder. */
  public static Duck onDisk(Limits limits) {
    return start(limits.folder().resolve("tables.duckdb").toString(), limits);
  }

  private static Duck start(String database, Limits limits) {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    try {
      Path spill = Files.createDirectories(limits.folder().resolve("duckdb"));
      Duck duck =
          new Duck(
              DriverManager.getConnection("jdbc:duckdb:" + database, settings)
                  .unwrap(DuckDBConnection.class));
      duck.run("SET memory_limit = '" + limits.memoryBytes() + "B'");
      duck.run("SET threads = " + limits.threads());
      duck.run("SET temp_directory = " + literal(spill.toString()));
      duck.run("SET preserve_insertion_order = false");
      return duck;
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another session on the same database, to write while the first reads. */
  public Duck another() {
    try {
      return new Duck(connection.duplicate());
    } catch (SQLException e) {
      throw failed(e);
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

  /** Asks a question, and hands out the rows one by one; meanwhile others can be asked. */
  public void ask(String sql, RowTaker taker) {
    try (Duck session = another();
        Statement statement = session.connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        taker.take(rows);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The answer to a question for one number. */
  public long number(String sql) {
    long[] number = {0};
    ask(sql, row -> number[0] = row.getLong(1));
    return number[0];
  }

  /** Adds rows to a table. */
  public void add(String table, Addition addition) {
    try (DuckDBAppender appender = connection.createAppender(table)) {
      addition.to(appender);
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

  /** A text as a literal of SQL. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Nothing of what DuckDB says of values is passed on: they are of items. */
  static LakeException failed(SQLException e) {
    String message = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    String kind = message.replaceFirst("(?s)^(\\p{Alpha}+( \\p{Alpha}+)* Error): .*", "$1");
    String wayOut =
        kind.toLowerCase(Locale.ROOT).contains("memory")
            ? "; there is not enough memory, or no room in the folder for temporary files"
            : "";
    return new LakeException("DuckDB cannot go on: " + kind + wayOut, e);
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
