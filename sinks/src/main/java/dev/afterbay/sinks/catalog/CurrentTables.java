package dev.afterbay.sinks.catalog;

import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.snapshots.CompleteSnapshot;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.typed.EntitySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which generations of typed tables questions are put to now, and with which columns. */
public final class CurrentTables {
  private final GenerationNotes generations;
  private final SchemaLog schemas;
  private final SnapshotNotes snapshots;

  /** The tables of a lake. */
  public CurrentTables(ObjectStore store, Lake lake) {
    this.generations = new GenerationNotes(store, lake);
    this.schemas = new SchemaLog(store, lake);
    this.snapshots = new SnapshotNotes(store, lake);
  }

  /**
   * The folders of the changes of entities, in their order. One that has no generation to ask has
   * the folder that its first would have.
   *
   * @param entities with a table of their own
   */
  public List<String> folders(TableName table, List<Entity> entities) {
    Map<String, Generations> noted = entities.isEmpty() ? Map.of() : generations.of(table);
    return entities.stream()
        .map(
            entity ->
                noted
                    .getOrDefault(entity.name(), Generations.NONE)
                    .current()
                    .map(Generation::folder)
                    .orElse(entity.name()))
        .toList();
  }

  /** The newest schemas of entities, each under the name of its folder. */
  public List<EntitySchema> schemas(TableName table, List<Entity> entities) {
    List<String> folders = folders(table, entities);
    List<EntitySchema> newest = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      String folder = folders.get(i);
      Entity entity = entities.get(i);
      newest.add(
          schemas
              .newest(table, folder)
              .orElseGet(() -> EntitySchema.first(folder, entity.declaredColumns())));
    }
    return newest;
  }

  /** The newest schema of an entity; empty if nothing was ever written of it. */
  public Optional<EntitySchema> schema(TableName table, Entity entity) {
    return schemas.newest(table, folders(table, List.of(entity)).get(0));
  }

  /**
   * The complete snapshots of a table, oldest first. Of the newest is known which folders have
   * their part of it, be it that they were written with it or rederived.
   */
  public List<CompleteSnapshot> snapshots(TableName table) {
    List<CompleteSnapshot> all = new ArrayList<>(snapshots.all(table));
    if (!all.isEmpty()) {
      CompleteSnapshot newest = all.get(all.size() - 1);
      Set<String> holders = new TreeSet<>(newest.entities());
      holders.addAll(generations.holders(table, newest.exportedAt()));
      all.set(
          all.size() - 1,
          new CompleteSnapshot(
              table, newest.exportedAt(), newest.export(), newest.items(), holders));
    }
    return all;
  }
}
