package dev.afterbay.consumer.query;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints an answer as CSV, with a header and no cell cut. */
final class CsvOutput implements Answer {
  private final PrintWriter out;

  CsvOutput(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column> columns) {
    line(columns.stream().map(Column::name).toList());
  }

  @Override
  public void row(List<@Nullable Object> cells) {
    line(cells);
  }

  @Override
  public void end() {
    out.flush();
  }

  private void line(List<? extends @Nullable Object> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Object cell = cells.get(i);
      line.append(i == 0 ? "" : ",");
      if (cell != null) {
        line.append(quoted(cell.toString()));
      }
    }
    out.print(line.append("\n"));
  }

  private static String quoted(String text) {
    boolean plain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
