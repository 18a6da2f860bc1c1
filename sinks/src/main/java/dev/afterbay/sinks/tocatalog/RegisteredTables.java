package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.tocatalog.CatalogException.Kind;
import java.util.Optional;

/**
 * The tables of a lake that a database of a catalog has, for those who ask about them.
 *
 * @param lake as {@code s3://bucket/prefix}, which marks tables as the lake's
 */
public record RegisteredTables(Catalog catalog, String database, String lake) {
  /**
   * A table of the lake.
   *
   * @throws CatalogException if there is none of that name, or it is not the lake's
   */
  public CatalogEntry require(String name) {
    CatalogEntry held =
        catalog
            .find(database, name)
            .orElseThrow(
                () ->
                    new CatalogException(
                        Kind.REFUSED,
                        "The catalog's database '"
                            + database
                            + "' does not have the table '"
                            + name
                            + "'; a worker registers it when it starts ('afterbay run'), or"
                            + " run what 'afterbay ddl' prints in Athena"));
    requireOurs(held);
    return held;
  }

  /**
   * Makes a table of the lake, unless it is there.
   *
   * @throws CatalogException if another one bears its name
   */
  public void ensure(TableDefinition table) {
    Optional<CatalogEntry> held = catalog.find(database, table.name());
    if (held.isEmpty() && catalog.create(database, table) == CreateAnswer.OCCUPIED) {
      held = catalog.find(database, table.name());
    }
    held.ifPresent(
        found -> {
          requireOurs(found);
          if (!found.columns().equals(table.columns())
              || !found.location().equals(table.location())) {
            throw new CatalogException(
                Kind.REFUSED,
                "The catalog's table '"
                    + table.name()
                    + "' of database '"
                    + database
                    + "' is not as this version makes it; drop it from the catalog, and it is made"
                    + " anew");
          }
        });
  }

  private void requireOurs(CatalogEntry held) {
    new Ownership(database, lake)
        .objectionToTable(held)
        .ifPresent(
            sentence -> {
              throw new CatalogException(Kind.REFUSED, sentence);
            });
  }
}
