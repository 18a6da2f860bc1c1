package dev.afterbay.local.demo;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lake, asked in SQL. The changes of a table are the relation {@code <table folder>_changes},
 * as they stood when the lake was opened.
 */
public interface Lake extends AutoCloseable {
  /** Asks one question. */
  Answer ask(String sql);

  @Override
  void close();

  /** Rows under their column names. */
  record Answer(List<String> columns, List<List<@Nullable Object>> rows) {
    public Answer {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /** Opens the lake of a configuration file. */
  interface Opener {
    Lake open(Path config);
  }
}
