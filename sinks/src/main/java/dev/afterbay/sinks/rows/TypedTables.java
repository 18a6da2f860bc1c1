package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Router;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables of the lake that the changes of one source table go to, as this process knows them.
 * Any thread may use it.
 */
public final class TypedTables {
  private final TableName table;
  private final ChangesTable changes;
  private final Router router;
  private final Protection protection;
  private final SchemaLog log;
  private final SchemaListener listener;
  private final Map<String, EntitySchema> newest = new ConcurrentHashMap<>();

  /** Typed tables whose growth nobody else has to know of. */
  public TypedTables(
      TableName table,
      ChangesTable changes,
      List<Entity> entities,
      Protection protection,
      SchemaLog log) {
    this(table, changes, entities, protection, log, (source, schema) -> {});
  }

  /**
   * Declares the entities' columns in the schema log, and reads what it has beyond them.
   *
   * @param entities of which no two overlap
   * @param listener is told of newer schemas than these
   * @throws dev.afterbay.sinks.schema.SchemaConflictException if the lake has a declared column
   *     otherwise
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the log does not answer
   */
  public TypedTables(
      TableName table,
      ChangesTable changes,
      List<Entity> entities,
      Protection protection,
      SchemaLog log,
      SchemaListener listener) {
    this.table = table;
    this.changes = changes;
    this.router = new Router(entities);
    this.protection = protection;
    this.log = log;
    this.listener = listener;
    for (Entity entity : entities) {
      if (entity.mirrorOf().isEmpty()) {
        newest.put(entity.name(), log.declare(table, entity.name(), entity.declaredColumns()));
      }
    }
  }

  /** Makes rows for one more shard of the stream. */
  public RowMaker rows() {
    return rows(Origin.STREAM);
  }

  /** Makes rows of another origin than the stream, in the same tables. */
  public RowMaker rows(Origin origin) {
    return new TableRows(this, origin, Destination.HISTORY, protection);
  }

  /** Makes the same rows of changes from which everything sensitive was taken before. */
  public RowMaker rowsOfProtected(Origin origin) {
    return new TableRows(this, origin, Destination.HISTORY, Protection.NONE);
  }

  /** Makes rows of exported items, in the tables of snapshots. */
  public RowMaker snapshotRows() {
    return new TableRows(this, Origin.EXPORT, Destination.SNAPSHOTS, protection);
  }

  ChangesTable changes() {
    return changes;
  }

  Router router() {
    return router;
  }

  /**
   * What is left of sensitive attributes; whoever compares items with the lake applies it first.
   */
  public Protection protection() {
    return protection;
  }

  /** The names of the typed tables. */
  public Set<String> entities() {
    return Set.copyOf(newest.keySet());
  }

  /** How many tables there are, the raw changes included. */
  int count() {
    return 1 + newest.size();
  }

  /** The newest schema of an entity that this process knows. */
  EntitySchema schema(Entity entity) {
    EntitySchema known = newest.get(entity.name());
    if (known == null) {
      throw new IllegalArgumentException("'" + entity.name() + "' has no table of its own");
    }
    return known;
  }

  /**
   * Adds columns to an entity, or finds out that they are there.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the schema log does not answer
   */
  void grow(Entity entity, List<Column> columns) {
    EntitySchema grown = log.grow(table, entity.name(), columns);
    EntitySchema old = schema(entity);
    newest.merge(
        entity.name(), grown, (one, other) -> one.version() < other.version() ? other : one);
    if (old.version() < grown.version()) {
      listener.grown(table, grown);
    }
  }
}
