package dev.afterbay.sinks.tocatalog;

import java.util.List;
import java.util.Optional;

/**
 * What Afterbay asks of a catalog of tables. Names are in lower case. A request that gets no answer
 * throws {@link CatalogException}; adapters retry inside, callers do not.
 */
public interface Catalog {
  /** All tables and views of a database; empty if there is no such database. */
  Optional<List<CatalogEntry>> entries(String database);

  /** A table or view; empty if there is none of that name, or no such database. */
  Optional<CatalogEntry> find(String database, String name);

  /** Creates a database; one that is there already is no error. */
  void createDatabase(String database);

  /** Creates a table if the name is free. */
  CreateAnswer create(String database, TableDefinition table);

  /**
   * Changes a table: what the definition tells is then as it tells, anything else of it stays.
   *
   * @param version of the table that the definition was made from; any other is not touched
   */
  UpdateAnswer update(String database, TableDefinition table, String version);
}
