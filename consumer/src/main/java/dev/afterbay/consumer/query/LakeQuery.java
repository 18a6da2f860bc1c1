package dev.afterbay.consumer.query;

import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.CurrentTables;
import dev.afterbay.sinks.catalog.PreparedQuery;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.typed.EntitySchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * SQL over a lake as it stood when this was opened. Tables and views bear their names in Athena:
 * the raw changes of table {@code E-commerce-Data} are {@code e_commerce_data_changes}, a typed
 * table bears its entity's name; what Athena has as a prepared query is a function here, as {@code
 * FROM orders_as_of('2026-11-17 10:00:00')}.
 */
public final class LakeQuery implements AutoCloseable {
  private final ReadOnlyDuck duck;
  private final Mirror mirror;
  private final Path cache;
  private final Progress progress;
  private final List<String> notes = new ArrayList<>();

  /** The commit logs that no question has needed yet, by their directory. */
  private final Map<String, Log> logs = new LinkedHashMap<>();

  private LakeQuery(ReadOnlyDuck duck, Mirror mirror, Path cache, Progress progress) {
    this.duck = duck;
    this.mirror = mirror;
    this.cache = cache;
    this.progress = progress;
  }

  /** A commit log, and where it lies in the store. */
  private record Log(CatalogTable table, String prefix) {}

  /**
   * Mirrors the lake's data into the cache and opens it. The commit logs, which are many small
   * objects, are mirrored once a question asks for them.
   *
   * @param lake where everything lies in the store
   * @param tables the source tables to show
   * @param cache the local directory of this lake
   * @param keys tells the keys of a table, or throws; asked only for tables without any file
   */
  public static LakeQuery open(
      ObjectStore store,
      Lake lake,
      List<SourceTable> tables,
      Path cache,
      Function<TableName, List<KeyAttribute>> keys,
      Progress progress) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    CurrentTables current = new CurrentTables(store, lake);
    Map<TableName, List<EntitySchema>> typed = new LinkedHashMap<>();
    for (SourceTable source : tables) {
      List<EntitySchema> schemas = current.schemas(source.name(), source.typed());
      typed.put(source.name(), schemas);
      for (String folder : folders(schemas)) {
        prefixes.put(
            source.name().folder() + "/" + folder, lake.data(source.name()) + folder + "/");
      }
    }
    Mirror mirror = new Mirror(store, cache);
    mirror.refresh(prefixes, progress);
    LakeQuery query = new LakeQuery(new ReadOnlyDuck(), mirror, cache, progress);
    for (SourceTable source : tables) {
      query.show(
          SourceCatalog.of(
              source.name(),
              query.keys(source.name(), keys),
              typed.getOrDefault(source.name(), List.of()),
              current.snapshots(source.name())),
          lake.commits(source.name()));
    }
    query.duck.confineTo(cache);
    return query;
  }

  /** What a user should know before trusting an answer, such as that a table is still empty. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The tables and views that can be asked about. */
  public Set<String> tables() {
    return duck.views();
  }

  /**
   * Asks one question.
   *
   * @throws dev.afterbay.consumer.aws.Failure with DuckDB's sentence if it refuses the question
   */
  public void ask(String sql, Answer answer) {
    fetchLogs(sql.toLowerCase(Locale.ROOT));
    duck.ask(sql, answer);
  }

  /** The whole answer to one question. */
  public Rows rows(String sql) {
    Rows.Collector rows = new Rows.Collector();
    ask(sql, rows);
    return rows.rows();
  }

  @Override
  public void close() {
    duck.close();
  }

  private void show(SourceCatalog catalog, String commits) {
    for (CatalogTable table : catalog.tables()) {
      if (table.format() == CatalogTable.Format.JSON_LINES) {
        duck.view(table.name(), DuckTable.empty(table));
        logs.put(table.path(), new Log(table, commits));
      } else {
        duck.view(table.name(), DuckTable.over(duck, table, cache.resolve(table.path())));
      }
    }
    for (CatalogView view : catalog.views()) {
      duck.view(view.name(), view.select());
    }
    for (PreparedQuery query : catalog.queries()) {
      duck.function(query.name(), query.parameter(), query.sql().replace("?", query.parameter()));
    }
  }

  private void fetchLogs(String question) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    logs.forEach(
        (directory, log) -> {
          String source = log.table().name().replaceFirst("_commit_log$", "");
          if (question.contains(source + "_commit") || question.contains(source + "_complete")) {
            prefixes.put(directory, log.prefix());
          }
        });
    if (prefixes.isEmpty()) {
      return;
    }
    mirror.refresh(prefixes, progress);
    for (String directory : prefixes.keySet()) {
      CatalogTable table = logs.remove(directory).table();
      duck.view(table.name(), DuckTable.over(duck, table, cache.resolve(directory)));
    }
  }

  /** The keys, from the files if there are any; empty, with a note, if nobody knows them. */
  private List<KeyAttribute> keys(
      TableName table, Function<TableName, List<KeyAttribute>> otherwise) {
    Path changes = cache.resolve(table.folder() + "/" + LakeTable.CHANGES);
    if (Mirror.holdsFiles(changes)) {
      return DuckTable.keys(duck, changes);
    }
    String name = SourceCatalog.changesOf(table);
    String nothing = "Nothing of table '" + table + "' is in the lake yet";
    try {
      List<KeyAttribute> keys = otherwise.apply(table);
      notes.add(nothing + ": " + name + " has no rows");
      return keys;
    } catch (RuntimeException e) {
      notes.add(
          nothing
              + ", and its columns are not known: "
              + name
              + " cannot be asked ("
              + Sentences.of(e)
              + ")");
      return List.of();
    }
  }

  private static List<String> folders(List<EntitySchema> typed) {
    List<String> folders =
        new ArrayList<>(
            List.of(
                LakeTable.CHANGES,
                LakeTable.SNAPSHOTS,
                LakeTable.QUARANTINE,
                LakeTable.GAPS,
                LakeTable.HEALINGS,
                LakeTable.AUDITS));
    for (EntitySchema schema : typed) {
      folders.add(schema.entity());
      folders.add(schema.entity() + LakeTable.SNAPSHOTS_ENDING);
    }
    return folders;
  }
}
