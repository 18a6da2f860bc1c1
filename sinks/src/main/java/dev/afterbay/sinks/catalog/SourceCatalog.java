package dev.afterbay.sinks.catalog;

import dev.afterbay.sinks.segment.LakeTable;
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

  /**
   * The catalog of a source table.
   *
   * @param keys of the source table, the partition key first; if nobody knows them, empty, and the
   *     raw changes are left out
   * @param entities the newest schemas of its typed tables
   */
  public static SourceCatalog of(
      TableName source, List<KeyAttribute> keys, List<EntitySchema> entities) {
    SourceTables of = new SourceTables(source);
    List<VersionedTable> versioned = new ArrayList<>();
    if (!keys.isEmpty()) {
      List<String> columns = keys.stream().map(KeyAttribute::name).toList();
      versioned.add(new VersionedTable(of.changes(keys), columns, Optional.empty()));
    }
    for (EntitySchema entity : entities) {
      versioned.add(
          new VersionedTable(of.typed(entity), List.of(EntitySchema.CDC_KEY), Optional.empty()));
    }
    List<CatalogTable> tables = new ArrayList<>();
    List<CatalogView> views = new ArrayList<>();
    List<PreparedQuery> queries = new ArrayList<>();
    for (VersionedTable table : versioned) {
      tables.add(table.table());
      views.addAll(table.views());
      queries.add(table.asOf());
    }
    tables.addAll(List.of(of.gaps(), of.quarantine(), CommitTables.log(source)));
    views.addAll(CommitTables.views(source));
    return new SourceCatalog(source, tables, views, queries);
  }

  /** What Athena cannot take, in sentences with the way out. */
  public List<String> problems() {
    return tables.stream()
        .flatMap(table -> table.columns().stream())
        .flatMap(column -> ColumnName.problem(source, column.name()).stream())
        .toList();
  }

  /** The name of the table of a source table's raw changes. */
  public static String changesOf(TableName source) {
    return source.folder() + "_" + LakeTable.CHANGES;
  }

  /** The table of the records that could not become changes. */
  public static CatalogTable quarantine(TableName source) {
    return new SourceTables(source).quarantine();
  }
}
