package dev.afterbay.local.trino;

import dev.afterbay.local.athena.SqlResult;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Trino server in a process of its own. Its catalog {@code hive} is a Glue catalog whose tables
 * lie on an S3 endpoint; timestamps are rounded to milliseconds, as Athena has them, unless a
 * session sets {@code hive.timestamp_precision}. Nothing is cached: what the catalog says is seen
 * by the next query. A query without a filter asks for every projected partition.
 */
public final class Trino implements AutoCloseable {
  private final TrinoProcess process;

  private Trino(TrinoProcess process) {
    this.process = process;
  }

  /**
   * Starts a server and waits until it takes queries, some ten seconds.
   *
   * @param dir an empty folder for its configuration, its data and its log
   * @param glue endpoint of the catalog
   * @param s3 endpoint of the objects
   * @throws IllegalStateException when there is no Trino or no JDK for it, or it did not start; the
   *     message has the way out, or the last lines of the log
   */
  public static Trino start(Path dir, URI glue, URI s3) {
    return new Trino(TrinoProcess.start(dir, glue, s3));
  }

  /** Where it listens. */
  public URI endpoint() {
    return process.endpoint();
  }

  /** A connection whose unqualified names are in a schema, which is a database of the catalog. */
  public Connection connect(String schema) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:trino://%s/hive/%s?user=local".formatted(endpoint().getAuthority(), schema));
  }

  /**
   * The rows of a query.
   *
   * @throws SQLException when it failed
   */
  public List<List<Object>> rows(String schema, String sql) throws SQLException {
    return ask(schema, sql).rows();
  }

  /**
   * Carries a statement out as Athena does, with its result in Athena's spelling.
   *
   * @throws SQLException when it failed
   */
  public SqlResult run(String schema, String sql) throws SQLException {
    QueryAnswer answer = ask(schema, sql);
    return new SqlResult(
        answer.columns(),
        answer.rows().stream().map(Trino::texts).toList(),
        answer.figures().bytes());
  }

  private static List<@Nullable String> texts(List<Object> row) {
    List<@Nullable String> texts = new ArrayList<>();
    for (@Nullable Object value : row) {
      texts.add(
          value instanceof byte[] bytes
              ? HexFormat.ofDelimiter(" ").formatHex(bytes)
              : value == null ? null : value.toString());
    }
    return texts;
  }

  /**
   * Carries a statement out and tells what it took.
   *
   * @throws SQLException when it failed
   */
  public QueryAnswer ask(String schema, String sql) throws SQLException {
    try (Connection connection = connect(schema)) {
      return QueryAnswer.of(connection, sql);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
