package dev.afterbay.consumer.query;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prints an answer as an aligned table. The widths come from the first rows, so that an answer of
 * any length can be printed.
 */
final class TableOutput implements Answer {
  private static final int WIDEST_CELL = 72;
  private static final int ROWS_MEASURED = 5_000;

  private final PrintWriter out;
  private final List<List<String>> held = new ArrayList<>();
  private List<Column> columns = List.of();
  private int[] widths = {};
  private boolean measured;
  private long rows;

  TableOutput(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column> described) {
    columns = described;
    widths = new int[described.size()];
    measure(described.stream().map(column -> shorten(column.name())).toList());
  }

  @Override
  public void row(List<@Nullable Object> cells) {
    List<String> texts = new ArrayList<>(cells.size());
    for (Object cell : cells) {
      texts.add(shorten(Objects.toString(cell, "NULL")));
    }
    rows++;
    if (measured) {
      print(texts);
      return;
    }
    measure(texts);
    held.add(texts);
    if (held.size() == ROWS_MEASURED) {
      flush();
    }
  }

  @Override
  public void end() {
    flush();
    out.println("(" + rows + (rows == 1 ? " row)" : " rows)"));
    out.flush();
  }

  private void flush() {
    if (measured) {
      return;
    }
    measured = true;
    print(columns.stream().map(column -> shorten(column.name())).toList());
    StringBuilder rule = new StringBuilder();
    for (int width : widths) {
      rule.append(rule.isEmpty() ? "" : "-+-").append("-".repeat(width));
    }
    out.println(rule);
    held.forEach(this::print);
    held.clear();
  }

  private void measure(List<String> texts) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], length(texts.get(i)));
    }
  }

  private void print(List<String> texts) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - length(texts.get(i))));
      line.append(i == 0 ? "" : " | ")
          .append(columns.get(i).numeric() ? padding + texts.get(i) : texts.get(i) + padding);
    }
    out.println(line.toString().stripTrailing());
  }

  /** One line of at most the widest cell's length, without characters that move the cursor. */
  private static String shorten(String text) {
    StringBuilder line = new StringBuilder();
    int length = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (++length == WIDEST_CELL && at < text.length()) {
        return line.append('…').toString();
      }
      switch (point) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.appendCodePoint(Character.isISOControl(point) ? '\uFFFD' : point);
      }
    }
    return line.toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
