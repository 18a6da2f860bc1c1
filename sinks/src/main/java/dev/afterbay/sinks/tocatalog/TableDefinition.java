package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.CatalogColumn;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.catalog.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table as a catalog is to hold it.
 *
 * @param name in lower case
 * @param comment what a row is
 * @param location of its files, with a closing slash
 * @param format of its files
 * @param columns without those in partitions
 * @param partitions the partition columns
 * @param parameters its properties
 */
public record TableDefinition(
    String name,
    String comment,
    String location,
    Format format,
    List<TableColumn> columns,
    List<TableColumn> partitions,
    Map<String, String> parameters) {
  private static final int LONGEST_COMMENT = 2048;

  /** Copies the collections. */
  public TableDefinition {
    columns = List.copyOf(columns);
    partitions = List.copyOf(partitions);
    parameters = Map.copyOf(parameters);
  }

  /** A table of the lake at its site. */
  public static TableDefinition of(CatalogTable table, Site site) {
    return new TableDefinition(
        table.name(),
        CommentText.fitting(table.comment(), LONGEST_COMMENT),
        site.location(table),
        table.format(),
        columns(table.columns()),
        columns(table.partitions()),
        site.properties(table));
  }

  TableDefinition with(String parameter, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(parameter, value);
    return new TableDefinition(name, comment, location, format, columns, partitions, more);
  }

  private static List<TableColumn> columns(List<CatalogColumn> columns) {
    return columns.stream().map(TableColumn::of).toList();
  }
}
