package dev.afterbay.sinks.schema;

import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * The versions of the typed tables' schemas. Version 1 has the declared columns; each later one
 * adds columns to the one before and changes none. Any thread, and any process, may use it.
 */
public final class SchemaLog {
  /** Each loss is another writer's version; so many in a row are no accident. */
  private static final int MOST_ATTEMPTS = 50;

  private final ObjectStore store;
  private final Lake lake;

  /** The schema log of a lake. */
  public SchemaLog(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  /** The notes of which generations of typed tables there are in the same lake. */
  public GenerationNotes generations() {
    return new GenerationNotes(store, lake);
  }

  /**
   * The newest version; empty if there is none yet.
   *
   * @throws ObjectStoreException if it cannot be read now
   * @throws IllegalStateException if it is damaged
   */
  public Optional<EntitySchema> newest(TableName table, String entity) {
    OptionalInt version;
    try (Stream<StoredObject> objects = store.list(lake.schemas(table, entity), "")) {
      version =
          objects
              .flatMapToInt(object -> lake.schemaVersion(table, entity, object.key()).stream())
              .max();
    }
    return version.isPresent()
        ? Optional.of(read(table, entity, version.getAsInt()))
        : Optional.empty();
  }

  /**
   * What stands in the way of columns that the configuration declares: the lake has them otherwise.
   *
   * @return a sentence for each, with the way out; empty if they fit or there is no version yet
   */
  public List<String> conflicts(TableName table, String entity, List<Column> declared) {
    return newest(table, entity)
        .map(schema -> conflicts(schema, entity, declared))
        .orElse(List.of());
  }

  /**
   * The newest version, which has all declared columns: one is added if need be.
   *
   * @throws SchemaConflictException if the lake has one of them otherwise
   * @throws ObjectStoreException if it cannot be read or written now
   */
  public EntitySchema declare(TableName table, String entity, List<Column> declared) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Optional<EntitySchema> newest = newest(table, entity);
      if (newest.isEmpty()) {
        EntitySchema first = EntitySchema.first(entity, declared);
        if (created(table, entity, first)) {
          return first;
        }
        continue;
      }
      List<String> conflicts = conflicts(newest.get(), entity, declared);
      if (!conflicts.isEmpty()) {
        throw new SchemaConflictException(conflicts);
      }
      Optional<EntitySchema> grown = grownBy(table, entity, newest.get(), declared);
      if (grown.isPresent()) {
        return grown.get();
      }
    }
    throw tooMany(table, entity);
  }

  /**
   * The newest version, after one with these columns was added, as far as their names are free.
   *
   * @throws ObjectStoreException if it cannot be read or written now
   * @throws IllegalStateException if there is no version yet
   */
  public EntitySchema grow(TableName table, String entity, List<Column> columns) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      EntitySchema newest =
          newest(table, entity)
              .orElseThrow(
                  () -> new IllegalStateException("The schema of " + entity + " has vanished"));
      Optional<EntitySchema> grown = grownBy(table, entity, newest, columns);
      if (grown.isPresent()) {
        return grown.get();
      }
    }
    throw tooMany(table, entity);
  }

  /** Empty if another writer was faster. */
  private Optional<EntitySchema> grownBy(
      TableName table, String entity, EntitySchema newest, List<Column> columns) {
    EntitySchema next = newest.plus(columns);
    if (next.columns().size() == newest.columns().size()) {
      return Optional.of(newest);
    }
    refuseUnlessReadable(entity, newest, next);
    return created(table, entity, next) ? Optional.of(next) : Optional.empty();
  }

  /** Avro's own rules decide. */
  private static void refuseUnlessReadable(String entity, EntitySchema older, EntitySchema newer) {
    SchemaCompatibility.SchemaPairCompatibility verdict =
        SchemaCompatibility.checkReaderWriterCompatibility(newer.avro(), older.avro());
    if (verdict.getType() != SchemaCompatibilityType.COMPATIBLE) {
      throw new IllegalStateException(
          "Version "
              + newer.version()
              + " of the schema of "
              + entity
              + " would not read the rows of version "
              + older.version()
              + ": "
              + verdict.getDescription());
    }
  }

  /** Whether the version is this one, by whichever request. */
  private boolean created(TableName table, String entity, EntitySchema schema) {
    ObjectKey key = lake.schema(table, entity, schema.version());
    byte[] text = schema.text().getBytes(StandardCharsets.UTF_8);
    return store.putIfAbsent(key, text) instanceof PutAnswer.Created
        || store.get(key).filter(found -> Arrays.equals(found, text)).isPresent();
  }

  private EntitySchema read(TableName table, String entity, int version) {
    ObjectKey key = lake.schema(table, entity, version);
    byte[] text =
        store
            .get(key)
            .orElseThrow(() -> new IllegalStateException("The schema " + key + " has vanished"));
    try {
      return EntitySchema.parse(version, new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "The schema " + key + " is damaged or was not written by Afterbay: " + e.getMessage(), e);
    }
  }

  private static List<String> conflicts(EntitySchema schema, String entity, List<Column> declared) {
    Map<String, Column> known = new HashMap<>();
    schema.columns().forEach(column -> known.put(folded(column), column));
    List<String> conflicts = new ArrayList<>();
    for (Column column : declared) {
      Column old = known.get(folded(column));
      if (old != null
          && !(old.source().equals(column.source()) && old.type().equals(column.type()))) {
        conflicts.add(
            "Column '"
                + column.name()
                + "' of '"
                + Generation.entityOf(entity)
                + "' is "
                + column.type().text()
                + " "
                + of(column.source())
                + " in the configuration, but the lake has it as "
                + old.type().text()
                + " "
                + of(old.source())
                + "; a column never changes: declare it as it is in the lake, or have the table made"
                + " anew of the raw changes by 'afterbay rederive --entity "
                + Generation.entityOf(entity)
                + "'");
      }
    }
    return conflicts;
  }

  private static String of(Column.Source source) {
    if (source instanceof Column.Source.Captured captured) {
      return "captured from '" + captured.attribute() + "'";
    }
    if (source instanceof Column.Source.Templated templated) {
      return "captured from '" + templated.attribute() + "' by '" + templated.template() + "'";
    }
    return "of attribute '" + ((Column.Source.Attribute) source).name() + "'";
  }

  private static String folded(Column column) {
    return column.name().toLowerCase(Locale.ROOT);
  }

  private static IllegalStateException tooMany(TableName table, String entity) {
    return new IllegalStateException(
        "The schema of " + entity + " of " + table + " grows faster than it can be read");
  }
}
