package dev.afterbay.sinks.catalog;

import java.util.Locale;
import org.apache.avro.Schema;

/**
 * A column of a table in the lake.
 *
 * @param name as in the files; catalogs know it in lower case
 * @param type of its values; a union with null says that there may be none
 * @param comment what it holds, in which unit, and from where
 */
public record CatalogColumn(String name, Schema type, String comment) {
  /** The name in a catalog. */
  public String catalogName() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The type as Hive, Glue and Athena's DDL spell it, such as {@code decimal(12,2)}. */
  public String hiveType() {
    return HiveType.of(type);
  }
}
