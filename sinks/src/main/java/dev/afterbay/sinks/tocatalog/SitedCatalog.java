package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import java.util.List;

/**
 * What a catalog is to hold of one source table, and where that lies.
 *
 * @param catalog its tables, views and queries; the raw changes are its first table
 * @param site where they lie
 */
public record SitedCatalog(SourceCatalog catalog, Site site) {
  /** The definitions of the tables; nothing else is claimed. */
  List<TableDefinition> tables() {
    return catalog.tables().stream().map(table -> TableDefinition.of(table, site)).toList();
  }

  /** The definitions of the tables, of which the raw changes claim the names of the views. */
  List<TableDefinition> tablesClaimingViews() {
    return tables().stream()
        .map(
            table ->
                table.name().equals(changes()) && !catalog.views().isEmpty()
                    ? table.with(
                        Claims.VIEW_NAMES,
                        Claims.text(catalog.views().stream().map(CatalogView::name).toList()))
                    : table)
        .toList();
  }

  /** The name of the table of raw changes, which also keeps what is known of the views. */
  String changes() {
    return catalog.tables().stream().map(CatalogTable::name).findFirst().orElseThrow();
  }
}
