package dev.afterbay.consumer.query;

import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * SQL over a lake as it stood when this was opened. The raw changes of table {@code
 * E-commerce-Data} are {@code e_commerce_data_changes}, as in Athena; the records that could not
 * become changes are {@code e_commerce_data_quarantine}.
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
      for (String folder : List.of(LakeTable.CHANGES, LakeTable.QUARANTINE, LakeTable.GAPS)) {
        prefixes.put(directory(table, folder), lake.data(table) + folder + "/");
      }
    }
    new Mirror(store, cache).refresh(prefixes, progress);

    ReadOnlyDuck duck = new ReadOnlyDuck();
    List<String> notes = new ArrayList<>();
    for (TableName table : tables) {
      Path changes = cache.resolve(directory(table, LakeTable.CHANGES));
      if (Mirror.holdsFiles(changes)) {
        duck.view(ChangesView.name(table), ChangesView.over(changes));
      } else {
        notes.add(addEmpty(duck, table, keys));
      }
      Path quarantine = cache.resolve(directory(table, LakeTable.QUARANTINE));
      duck.view(
          QuarantineView.name(table),
          Mirror.holdsFiles(quarantine) ? QuarantineView.over(quarantine) : QuarantineView.empty());
      Path gaps = cache.resolve(directory(table, LakeTable.GAPS));
      duck.view(
          GapsView.name(table), Mirror.holdsFiles(gaps) ? GapsView.over(gaps) : GapsView.empty());
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

  private static String directory(TableName table, String folder) {
    return table.folder() + "/" + folder;
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
}
