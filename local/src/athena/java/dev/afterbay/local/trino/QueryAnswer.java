package dev.afterbay.local.trino;

import io.trino.jdbc.QueryStats;
import io.trino.jdbc.TrinoStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * What came of a statement.
 *
 * @param columns the names of the result's columns
 * @param rows values as the JDBC driver has them, {@code null} for NULL; none if the statement has
 *     no result
 * @param figures what it took
 */
public record QueryAnswer(List<String> columns, List<List<Object>> rows, QueryFigures figures) {
  /**
   * Carries a statement out on a connection of Trino's, in whose session it stays: what is prepared
   * can be executed.
   *
   * @throws SQLException when it failed
   */
  public static QueryAnswer of(Connection connection, String sql) throws SQLException {
    Monitor monitor = new Monitor();
    try (Statement statement = connection.createStatement()) {
      statement.unwrap(TrinoStatement.class).setProgressMonitor(monitor);
      if (!statement.execute(sql)) {
        return new QueryAnswer(List.of(), List.of(), monitor.figures);
      }
      try (ResultSet result = statement.getResultSet()) {
        List<String> columns = columns(result);
        List<List<Object>> rows = rows(result, columns.size());
        return new QueryAnswer(columns, rows, monitor.figures);
      }
    }
  }

  private static List<String> columns(ResultSet result) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      names.add(result.getMetaData().getColumnName(i));
    }
    return List.copyOf(names);
  }

  private static List<List<Object>> rows(ResultSet result, int columns) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        row.add(result.getObject(i));
      }
      rows.add(Collections.unmodifiableList(row));
    }
    return Collections.unmodifiableList(rows);
  }

  /** The latest figures; the driver tells them from a thread of its own. */
  private static final class Monitor implements Consumer<QueryStats> {
    private volatile QueryFigures figures = QueryFigures.NONE;

    @Override
    public void accept(QueryStats stats) {
      figures = QueryFigures.of(stats);
    }
  }
}
