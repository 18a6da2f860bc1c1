package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.generations.Definition;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.schema.SchemaConflictException;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of the lake that the changes of one source table go to, as this process knows them.
 * Any thread may use it.
 */
public final class TypedTables {
  private static final Logger LOG = LoggerFactory.getLogger(TypedTables.class);

  private final TableName table;
  private final ChangesTable changes;
  private final List<Entity> entities;
  private final Protection protection;
  private final SchemaLog log;
  private final GenerationNotes notes;
  private final GrowingSchemas schemas;
  private final Choice choice;
  private final Map<String, Boolean> fitting = new ConcurrentHashMap<>();
  private final Set<String> carried = new HashSet<>();
  private final Set<String> told = new HashSet<>();

  /** Null only until the constructor is done. */
  private volatile @Nullable WrittenTables written;

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
   * Declares the entities' columns in the schema log, and reads what it has beyond them. An entity
   * of which the lake has no generation yet begins its first.
   *
   * @param entities of which no two overlap
   * @param listener is told of newer schemas than these, and of other generations to ask
   * @throws SchemaConflictException if the lake has a declared column otherwise
   * @throws ObjectStoreException if the lake does not answer
   * @throws LakeException if a note of a generation is damaged
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
    this.entities = List.copyOf(entities);
    this.protection = protection;
    this.log = log;
    this.notes = log.generations();
    this.schemas = new GrowingSchemas(table, log, listener);
    this.choice = new Choice(this.entities, protection.rules(), this::isFitting);
    take();
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

  GrowingSchemas schemas() {
    return schemas;
  }

  /** Whether there is no typed table in the configuration. */
  boolean isRaw() {
    return entities.isEmpty();
  }

  /**
   * What is left of sensitive attributes; whoever compares items with the lake applies it first.
   */
  public Protection protection() {
    return protection;
  }

  /** The folders of the typed tables that are the ones to ask. */
  public Set<String> entities() {
    return Set.copyOf(written().counted());
  }

  /** How many tables there are, the raw changes included. */
  int count() {
    return 1 + written().all().size();
  }

  /** What is written, as this process knows it. */
  WrittenTables written() {
    return Objects.requireNonNull(written);
  }

  /** What is to be written by the notes as they are now; as before if they cannot be read. */
  WrittenTables asNoted() {
    try {
      take();
    } catch (ObjectStoreException
        | LakeException
        | SchemaConflictException
        | IllegalStateException e) {
      LOG.atWarn()
          .addKeyValue("event", "generations-wait")
          .addKeyValue("table", table)
          .setCause(e)
          .log("The generations cannot be looked up now; the segment is written as the last one");
    }
    return written();
  }

  private synchronized void take() {
    Map<String, Generations> noted = new HashMap<>(notes.of(table));
    for (Entity entity : entities) {
      if (entity.mirrorOf().isEmpty() && !noted.containsKey(entity.name())) {
        noted.put(entity.name(), begun(entity));
      }
    }
    WrittenTables next = choice.of(noted, carried);
    next.all().forEach(each -> schemas.declare(each.folder(), each.entity().declaredColumns()));
    WrittenTables before = written;
    written = next;
    noted.values().forEach(this::remember);
    tellOfOthers(noted);
    if (before != null) {
      List<String> asked = before.counted();
      next.counted().stream().filter(folder -> !asked.contains(folder)).forEach(schemas::tellOf);
    }
  }

  /** The first generation follows the configuration, unless its columns are other ones by now. */
  private Generations begun(Entity entity) {
    schemas.declare(entity.name(), entity.declaredColumns());
    Generation first =
        notes.publish(
            new Generation(
                table,
                1,
                new Definition(entity, protection.rules()),
                notes.fromNowOn(table),
                Optional.empty()));
    return new Generations(List.of(first), Set.of(), Set.of());
  }

  private boolean isFitting(Entity entity) {
    return fitting.computeIfAbsent(
        entity.name(), name -> log.conflicts(table, name, entity.declaredColumns()).isEmpty());
  }

  private void remember(Generations generations) {
    generations.building().map(Generation::folder).ifPresent(carried::add);
  }

  /** A configuration that a generation does not follow is worth one line each. */
  private void tellOfOthers(Map<String, Generations> noted) {
    for (Entity entity : entities) {
      Optional<Generation> current = noted.getOrDefault(entity.name(), Generations.NONE).current();
      boolean isByNote =
          entity.mirrorOf().isEmpty()
              && written().together().stream()
                  .noneMatch(each -> each.entity().name().equals(entity.name()));
      if (isByNote && current.isPresent() && told.add(current.get().folder())) {
        LOG.atWarn()
            .addKeyValue("event", "defined-otherwise")
            .addKeyValue("table", table)
            .addKeyValue("entity", entity.name())
            .log(
                "The configuration defines the typed table otherwise than its generation {}; it goes"
                    + " on as it is in the lake until 'afterbay rederive' makes it anew",
                current.get().number());
      }
    }
  }
}
