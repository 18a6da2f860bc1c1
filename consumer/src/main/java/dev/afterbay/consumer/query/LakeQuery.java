package dev.afterbay.consumer.query;

import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.typed.EntitySchema;
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
 * become changes are {@code e_commerce_data_quarantine}; a typed table bears its entity's name.
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
      List<SourceTable> tables,
      Path cache,
      Function<TableName, List<KeyAttribute>> keys,
      Progress progress) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    for (SourceTable source : tables) {
      for (String folder : folders(source)) {
        prefixes.put(directory(source.name(), folder), lake.data(source.name()) + folder + "/");
      }
    }
    new Mirror(store, cache).refresh(prefixes, progress);

    ReadOnlyDuck duck = new ReadOnlyDuck();
    List<String> notes = new ArrayList<>();
    for (SourceTable source : tables) {
      TableName table = source.name();
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
      for (Entity entity : source.typed()) {
        Path files = cache.resolve(directory(table, entity.name()));
        duck.view(
            entity.name(),
            Mirror.holdsFiles(files)
                ? TypedView.over(duck, files)
                : TypedView.empty(schema(store, lake, table, entity)));
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

  private static List<String> folders(SourceTable table) {
    List<String> folders =
        new ArrayList<>(List.of(LakeTable.CHANGES, LakeTable.QUARANTINE, LakeTable.GAPS));
    table.typed().forEach(entity -> folders.add(entity.name()));
    return folders;
  }

  private static EntitySchema schema(ObjectStore store, Lake lake, TableName table, Entity entity) {
    return new SchemaLog(store, lake)
        .newest(table, entity.name())
        .orElseGet(() -> EntitySchema.first(entity.name(), entity.declaredColumns()));
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
