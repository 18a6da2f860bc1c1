package dev.afterbay.local.glue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One version of a table.
 *
 * @param database its database, in lower case
 * @param name in lower case
 * @param version counted from 0
 * @param input what the table was last defined with
 * @param created when the table came to be
 * @param updated when this version came to be
 */
record StoredTable(
    String database,
    String name,
    long version,
    ObjectNode input,
    Instant created,
    Instant updated) {
  private static final String DESCRIPTOR = "StorageDescriptor";

  /** The next version, of the same name. */
  StoredTable next(ObjectNode newInput, Instant now) {
    return new StoredTable(database, name, version + 1, newInput, created, now);
  }

  String versionId() {
    return Long.toString(version);
  }

  /** The table as the API shows it: what was given, and what the catalog adds. */
  ObjectNode json() {
    ObjectNode table = input.deepCopy();
    table.put("Name", name).put("DatabaseName", database);
    table.put("CreateTime", seconds(created)).put("UpdateTime", seconds(updated));
    table.put("CreatedBy", Catalog.USER).put("CatalogId", Catalog.ACCOUNT);
    table.put("IsRegisteredWithLakeFormation", false).put("IsMultiDialectView", false);
    table.put("VersionId", versionId());
    if (!table.has("Retention")) {
      table.put("Retention", 0);
    }
    if (table.path(DESCRIPTOR) instanceof ObjectNode descriptor) {
      complete(descriptor);
    }
    return table;
  }

  private static void complete(ObjectNode descriptor) {
    for (String flag : new String[] {"Compressed", "StoredAsSubDirectories"}) {
      if (!descriptor.has(flag)) {
        descriptor.put(flag, false);
      }
    }
    if (!descriptor.has("NumberOfBuckets")) {
      descriptor.put("NumberOfBuckets", 0);
    }
    if (!descriptor.has("SortColumns")) {
      descriptor.putArray("SortColumns");
    }
  }

  /** A moment as the protocol writes it. */
  static double seconds(Instant moment) {
    return moment.toEpochMilli() / 1e3;
  }
}
