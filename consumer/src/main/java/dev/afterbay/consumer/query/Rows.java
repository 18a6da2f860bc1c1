package dev.afterbay.consumer.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer in memory.
 *
 * @param columns the names of the columns
 * @param rows the rows; cells as {@link Answer#row} has them
 */
public record Rows(List<String> columns, List<List<@Nullable Object>> rows) {
  /** Copies the outer lists. */
  public Rows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The one cell of an answer that has one row and one column. */
  public @Nullable Object only() {
    if (rows.size() != 1 || columns.size() != 1) {
      throw new IllegalStateException(
          "Not one cell but " + rows.size() + " rows of " + columns.size() + " columns");
    }
    return rows.get(0).get(0);
  }

  /** Tells the answer to another receiver, such as one that prints it. */
  public void tell(Answer answer) {
    answer.begin(columns.stream().map(name -> new Answer.Column(name, isNumeric(name))).toList());
    rows.forEach(answer::row);
    answer.end();
  }

  private boolean isNumeric(String name) {
    int column = columns.indexOf(name);
    return !rows.isEmpty()
        && rows.stream()
            .allMatch(row -> row.get(column) == null || row.get(column) instanceof Number);
  }

  /** Collects an answer. */
  static final class Collector implements Answer {
    private final List<String> columns = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    @Override
    public void begin(List<Column> described) {
      described.forEach(column -> columns.add(column.name()));
    }

    @Override
    public void row(List<@Nullable Object> cells) {
      rows.add(Collections.unmodifiableList(cells));
    }

    @Override
    public void end() {}

    Rows rows() {
      return new Rows(columns, rows);
    }
  }
}
