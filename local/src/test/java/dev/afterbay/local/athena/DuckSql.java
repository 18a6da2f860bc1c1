package dev.afterbay.local.athena;

import dev.afterbay.consumer.query.LakeQuery;
import dev.afterbay.consumer.query.Progress;
import dev.afterbay.consumer.query.Rows;
import dev.afterbay.consumer.query.SourceTable;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Asks a lake as {@code afterbay query} does. */
final class DuckSql implements Sql, AutoCloseable {
  private final LakeQuery query;

  DuckSql(ObjectStore store, Lake lake, Path cache) {
    this(
        store,
        lake,
        Stream.of("e-commerce-data", "task-app")
            .flatMap(example -> SourceTable.of(MonthLake.config(example)).stream())
            .toList(),
        cache);
  }

  DuckSql(ObjectStore store, Lake lake, List<SourceTable> sources, Path cache) {
    this.query =
        LakeQuery.open(store, lake, sources, cache, table -> MonthLake.KEYS, Progress.SILENT);
  }

  @Override
  public List<Map<String, String>> ask(String sql) {
    Rows rows = query.rows(sql);
    List<Map<String, String>> texts = new ArrayList<>();
    for (List<?> row : rows.rows()) {
      Map<String, String> named = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        named.put(rows.columns().get(i).toLowerCase(Locale.ROOT), Texts.of(row.get(i)));
      }
      texts.add(named);
    }
    return texts;
  }

  @Override
  public List<Map<String, String>> asOf(String name, String moment) {
    return ask("SELECT * FROM " + name + "('" + moment + "')");
  }

  @Override
  public void close() {
    query.close();
  }
}
