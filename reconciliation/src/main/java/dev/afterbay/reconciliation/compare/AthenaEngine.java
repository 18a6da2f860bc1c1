package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tocatalog.QueryEngine;
import dev.afterbay.sinks.tocatalog.RegisteredTables;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;

/**
 * Comparisons by Athena, over the tables of the catalog. The source's side is written beside the
 * lake's tables, as files of a table of its own.
 *
 * @param store the bucket of the lake
 * @param lake where the lake lies in it
 * @param tables that the catalog has of the lake
 * @param queries asks Athena about them
 */
public record AthenaEngine(
    ObjectStore store, Lake lake, RegisteredTables tables, QueryEngine queries)
    implements Comparison.Engine {
  @Override
  public void require(TableName table) {
    tables.require(SourceCatalog.changesOf(table));
    tables.require(SourceCatalog.snapshotsOf(table));
  }

  @Override
  public Comparison open(TableName table, KeyColumns keys, Path folder) {
    SourceTable source = SourceTable.of(table, lake, tables.lake());
    return new AthenaComparison(
        this, keys, source, new SourceFiles(store, source.prefix(), folder.resolve("source")));
  }
}
