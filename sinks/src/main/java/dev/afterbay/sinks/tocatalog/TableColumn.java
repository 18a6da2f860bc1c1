package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.CatalogColumn;

/**
 * A column as a catalog holds it.
 *
 * @param name in lower case
 * @param type as Hive spells it
 * @param comment empty if there is none
 */
public record TableColumn(String name, String type, String comment) {
  private static final int LONGEST_COMMENT = 255;

  static TableColumn of(CatalogColumn column) {
    return new TableColumn(
        column.catalogName(),
        column.hiveType(),
        CommentText.fitting(column.comment(), LONGEST_COMMENT));
  }

  TableColumn commented(String text) {
    return new TableColumn(name, type, text);
  }
}
