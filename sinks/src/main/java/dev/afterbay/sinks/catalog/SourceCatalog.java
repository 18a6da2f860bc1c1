package dev.afterbay.sinks.catalog;

import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.snapshots.CompleteSnapshot;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.typed.EntitySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a catalog holds of one source table.
 *
 * @param source the DynamoDB table
 * @param tables the folders of files: the raw changes first, then the typed tables, then our own
 * @param views over them; each stands after those that it reads
 * @param queries with a parameter
 */
public record SourceCatalog(
    TableName source,
    List<CatalogTable> tables,
    List<CatalogView> views,
    List<PreparedQuery> queries) {
  /** Copies the lists. */
  public SourceCatalog {
    tables = List.copyOf(tables);
    views = List.copyOf(views);
    queries = List.copyOf(queries);
  }

  /** The catalog of a source table that has no snapshot. */
  public static SourceCatalog of(
      TableName source, List<KeyAttribute> keys, List<EntitySchema> entities) {
    return of(source, keys, entities, List.of());
  }

  /**
   * The catalog of a source table.
   *
   * @param keys of the source table, the partition key first; if nobody knows them, empty, and the
   *     raw changes are left out
   * @param entities the newest schemas of its typed tables
   * @param snapshots the complete ones, oldest first; states start from the newest
   */
  public static SourceCatalog of(
      TableName source,
      List<KeyAttribute> keys,
      List<EntitySchema> entities,
      List<CompleteSnapshot> snapshots) {
    SourceTables of = new SourceTables(source);
    List<String> names = snapshots.stream().map(CompleteSnapshot::name).toList();
    Optional<CompleteSnapshot> newest =
        snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.get(snapshots.size() - 1));
    List<CatalogTable> exported = new ArrayList<>();
    List<VersionedTable> versioned = new ArrayList<>();
    if (!keys.isEmpty()) {
      CatalogTable changes = of.changes(keys);
      exported.add(of.snapshots(changes, names));
      versioned.add(
          new VersionedTable(
              changes,
              keys.stream().map(KeyAttribute::name).toList(),
              newest.map(base -> base(exported, base))));
    }
    for (EntitySchema entity : entities) {
      CatalogTable typed = of.typed(entity);
      exported.add(of.snapshots(typed, names));
      versioned.add(
          new VersionedTable(
              typed,
              List.of(EntitySchema.CDC_KEY),
              newest
                  .filter(base -> base.entities().contains(entity.entity()))
                  .map(base -> base(exported, base))));
    }
    List<CatalogTable> tables = new ArrayList<>();
    List<CatalogView> views = new ArrayList<>();
    List<PreparedQuery> queries = new ArrayList<>();
    for (VersionedTable table : versioned) {
      tables.add(table.table());
      views.addAll(table.views());
      queries.add(table.asOf());
    }
    tables.addAll(exported);
    tables.addAll(
        List.of(of.gaps(), of.healings(), of.audits(), of.quarantine(), CommitTables.log(source)));
    views.addAll(CommitTables.views(source));
    return new SourceCatalog(source, tables, views, queries);
  }

  /** The base of the table whose snapshots were added last. */
  private static BaseSnapshot base(List<CatalogTable> exported, CompleteSnapshot snapshot) {
    return new BaseSnapshot(
        exported.get(exported.size() - 1).name(), snapshot.name(), snapshot.exportedAt());
  }

  /** What Athena cannot take, in sentences with the way out. */
  public List<String> problems() {
    return tables.stream()
        .flatMap(table -> table.columns().stream())
        .flatMap(column -> ColumnName.problem(source, column.name()).stream())
        .distinct()
        .toList();
  }

  /** The name of the table of a source table's raw changes. */
  public static String changesOf(TableName source) {
    return source.folder() + "_" + LakeTable.CHANGES;
  }

  /** The name of the table of a source table's snapshots. */
  public static String snapshotsOf(TableName source) {
    return source.folder() + "_" + LakeTable.SNAPSHOTS;
  }

  /** The table of the records that could not become changes. */
  public static CatalogTable quarantine(TableName source) {
    return new SourceTables(source).quarantine();
  }
}
