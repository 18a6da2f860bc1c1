package dev.afterbay.consumer.query;

import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * SQL over a lake as it stood when this was opened. The raw changes of table {@code
 * E-commerce-Data} are {@code e_commerce_data_changes}, as in Athena.
 */
public final class LakeQuery implements AutoCloseable {
  private final ReadOnlyDuck duck;
  private final List<String> notes;

  private LakeQuery(ReadOnlyDuck duck, List<String> notes) {
    this.duck = duck;
    this.notes = List.copyOf(notes);
  }

  /**
   * Mirrors the lake into the cache and opens it.
   *
   * @param lake where everything lies in the store
   * @param tables the source tables to show
   * @param cache the local directory of this lake
   * @param keys tells the keys of a table, or throws; asked only for tables without any file
   */
  public static LakeQuery open(
      ObjectStore store,
      Lake lake,
      List<TableName> tables,
      Path cache,
      Function<TableName, List<KeyAttribute>> keys,
      Progress progress) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    for (TableName table : tables) {
      prefixes.put(directory(table), lake.data(table) + LakeTable.CHANGES + "/");
    }
    new Mirror(store, cache).refresh(prefixes, progress);

    ReadOnlyDuck duck = new ReadOnlyDuck();
    List<String> notes = new ArrayList<>();
    for (TableName table : tables) {
      Path directory = cache.resolve(directory(table));
      String name = ChangesView.name(table);
      if (hasFiles(directory)) {
        duck.view(name, ChangesView.over(directory));
      } else {
        notes.add(addEmpty(duck, table, keys));
      }
    }
    duck.confineTo(cache);
    return new LakeQuery(duck, notes);
  }

  /** What a user should know before trusting an answer, such as that a table is still empty. */
  public List<String> notes() {
    return notes;
  }

  /** The tables that can be asked about. */
  public Set<String> tables() {
    return duck.views();
  }

  /**
   * Asks one question.
   *
   * @throws dev.afterbay.consumer.aws.Failure with DuckDB's sentence if it refuses the question
   */
  public void ask(String sql, Answer answer) {
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

  private static String directory(TableName table) {
    return table.folder() + "/" + LakeTable.CHANGES;
  }

  private static String addEmpty(
      ReadOnlyDuck duck, TableName table, Function<TableName, List<KeyAttribute>> keys) {
    String name = ChangesView.name(table);
    String nothing = "Nothing of table '" + table + "' is in the lake yet";
    try {
      duck.view(name, ChangesView.empty(keys.apply(table)));
      return nothing + ": " + name + " has no rows";
    } catch (RuntimeException e) {
      return nothing
          + ", and its columns are not known: "
          + name
          + " cannot be asked ("
          + Sentences.of(e)
          + ")";
    }
  }

  private static boolean hasFiles(Path directory) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(directory, 3)) {
      return files.anyMatch(file -> file.toString().endsWith(".parquet"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
