package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest schemas of the typed tables of one source table that this process knows, by their
 * folders. Any thread may use it.
 */
final class GrowingSchemas {
  private final TableName table;
  private final SchemaLog log;
  private final SchemaListener listener;
  private final Map<String, EntitySchema> newest = new ConcurrentHashMap<>();

  GrowingSchemas(TableName table, SchemaLog log, SchemaListener listener) {
    this.table = table;
    this.log = log;
    this.listener = listener;
  }

  /** Declares columns, unless that was done before. */
  void declare(String folder, List<Column> columns) {
    if (!newest.containsKey(folder)) {
      newest.put(folder, log.declare(table, folder, columns));
    }
  }

  /** The newest schema of a folder that was declared. */
  EntitySchema of(String folder) {
    EntitySchema known = newest.get(folder);
    if (known == null) {
      throw new IllegalArgumentException("'" + folder + "' has no table of its own");
    }
    return known;
  }

  /**
   * Adds columns, or finds out that they are there.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the schema log does not answer
   */
  void grow(String folder, List<Column> columns) {
    EntitySchema grown = log.grow(table, folder, columns);
    EntitySchema old = of(folder);
    newest.merge(folder, grown, (one, other) -> one.version() < other.version() ? other : one);
    if (old.version() < grown.version()) {
      listener.grown(table, grown);
    }
  }

  /** Whoever shows the tables is to look at them again. */
  void tellOf(String folder) {
    listener.grown(table, of(folder));
  }
}
