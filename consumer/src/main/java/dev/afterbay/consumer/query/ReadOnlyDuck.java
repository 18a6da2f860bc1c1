package dev.afterbay.consumer.query;

import dev.afterbay.consumer.aws.Failure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory DuckDB that reads one directory and writes nowhere.
 *
 * <p>DuckDB lets a session write wherever it may read. So beside closing every other directory and
 * locking the settings, each question is parsed first, and only a single SELECT (which WITH, FROM,
 * VALUES, DESCRIBE, SHOW and SUMMARIZE are to the parser) is asked.
 */
final class ReadOnlyDuck implements AutoCloseable {
  private static final Pattern EXPLAIN =
      Pattern.compile("\\A\\s*EXPLAIN(\\s+ANALYZE)?\\s", Pattern.CASE_INSENSITIVE);
  private static final String NO_TABLE = "Catalog Error: Table with name";

  private final Connection connection;
  private final Set<String> views = new TreeSet<>();

  ReadOnlyDuck() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      run("SET TimeZone = 'UTC'");
    } catch (SQLException e) {
      throw new Failure("DuckDB does not start: " + firstLine(e), e);
    }
  }

  /** Adds a view, or replaces it; its text is trusted. */
  void view(String name, String select) {
    try {
      run("CREATE OR REPLACE VIEW " + identifier(name) + " AS " + select);
    } catch (SQLException e) {
      throw new Failure("The files of '" + name + "' cannot be read: " + firstLine(e), e);
    }
    views.add(name);
  }

  /** Adds a function of one argument whose result is a table; its text is trusted. */
  void function(String name, String parameter, String select) {
    try {
      run(
          "CREATE MACRO "
              + identifier(name)
              + "("
              + identifier(parameter)
              + ") AS TABLE "
              + select);
    } catch (SQLException e) {
      throw new Failure("'" + name + "' cannot be made: " + firstLine(e), e);
    }
  }

  /** The columns of a query and their types as DuckDB spells them; the query's text is trusted. */
  Map<String, String> columnsOf(String select) {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet described = statement.executeQuery("DESCRIBE " + select)) {
      while (described.next()) {
        columns.put(described.getString("column_name"), described.getString("column_type"));
      }
    } catch (SQLException e) {
      throw new Failure("The files of the lake cannot be read: " + firstLine(e), e);
    }
    return columns;
  }

  /** Reads the rows of a view into memory, once; its text is trusted. */
  void table(String name, String select) {
    try {
      run("CREATE TABLE " + identifier(name) + " AS " + select);
    } catch (SQLException e) {
      throw new Failure("The files of '" + name + "' cannot be read: " + firstLine(e), e);
    }
    views.add(name);
  }

  /** From here on the session reads this directory only, and nobody can change that. */
  void confineTo(Path directory) {
    try {
      run("SET allowed_directories = [" + literal(directory + "/") + "]");
      run("SET enable_external_access = false");
      run("SET lock_configuration = true");
    } catch (SQLException e) {
      throw new Failure("DuckDB cannot be confined to the cache: " + firstLine(e), e);
    }
  }

  /** The names of the views. */
  Set<String> views() {
    return Set.copyOf(views);
  }

  /** Asks a question in SQL. */
  void ask(String sql, Answer answer) {
    refuseAllButQuestions(sql);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData described = result.getMetaData();
      List<String> types = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      for (int column = 1; column <= described.getColumnCount(); column++) {
        types.add(described.getColumnTypeName(column));
        labels.add(described.getColumnLabel(column));
      }
      answer.begin(columns(labels, types));
      while (result.next()) {
        List<@Nullable Object> cells = new ArrayList<>(types.size());
        for (int column = 1; column <= types.size(); column++) {
          cells.add(Cells.cell(result, column, types.get(column - 1)));
        }
        answer.row(cells);
      }
    } catch (SQLException e) {
      throw refused(e);
    }
    answer.end();
  }

  /** DuckDB can print the parse of SELECTs, and of nothing else: that tells them apart. */
  private void refuseAllButQuestions(String sql) {
    String question = EXPLAIN.matcher(sql).replaceFirst("");
    try (PreparedStatement gate =
        connection.prepareStatement(
            "SELECT tree ->> '$.error_type', json_array_length(tree, '$.statements')"
                + " FROM (SELECT json_serialize_sql(?) AS tree)")) {
      gate.setString(1, question);
      try (ResultSet verdict = gate.executeQuery()) {
        verdict.next();
        String error = verdict.getString(1);
        if ("not implemented".equals(error)) {
          throw new Failure(
              "Only a question can be asked here (SELECT, WITH, FROM, DESCRIBE, SHOW, SUMMARIZE,"
                  + " EXPLAIN): the lake is read-only");
        }
        if (error == null && verdict.getLong(2) != 1) {
          throw new Failure(
              "Ask one question at a time; these are " + verdict.getLong(2) + " statements");
        }
      }
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private Failure refused(SQLException e) {
    String sentence = firstLine(e);
    return new Failure(
        sentence.startsWith(NO_TABLE)
            ? sentence + " The tables here are: " + String.join(", ", views)
            : sentence,
        e);
  }

  private static List<Answer.Column> columns(List<String> labels, Collection<String> types) {
    Map<String, Integer> seen = new HashMap<>();
    List<Answer.Column> columns = new ArrayList<>();
    for (String type : types) {
      String label = labels.get(columns.size());
      int count = seen.merge(label, 1, Integer::sum);
      columns.add(new Answer.Column(count == 1 ? label : label + "_" + (count - 1), numeric(type)));
    }
    return columns;
  }

  private static boolean numeric(String type) {
    return type.matches("(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL\\(.*\\))");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String firstLine(SQLException e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message.strip().lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new Failure("DuckDB does not stop: " + firstLine(e), e);
    }
  }
}
