package dev.afterbay.consumer.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the answer to a question, row by row, so that a long one needs no memory. */
public interface Answer {
  /** The columns, once, before any row. */
  void begin(List<Column> columns);

  /**
   * One row. A cell is null, a {@link Boolean}, a {@link Number}, a {@link String} (also for times
   * and bytes, as Athena prints them), a {@link List}, a {@link java.util.Map} or {@link RawJson}.
   */
  void row(List<@Nullable Object> cells);

  /** The end of the answer. */
  void end();

  /**
   * A column of an answer.
   *
   * @param name unique within the answer
   * @param numeric whether its cells are numbers
   */
  record Column(String name, boolean numeric) {}

  /**
   * A cell that is JSON already.
   *
   * @param json its text
   */
  record RawJson(String json) {
    @Override
    public String toString() {
      return json;
    }
  }
}
