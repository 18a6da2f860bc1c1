package dev.afterbay.consumer.catalog;

import dev.afterbay.sinks.catalog.AthenaDdl;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import java.util.LinkedHashMap;
import java.util.Map;

/** The statements that make a catalog in Athena, one a file, since it takes one at a time. */
public final class DdlFiles {
  private static final String SQL = ".sql";

  private final Map<String, String> definitions = new LinkedHashMap<>();
  private final Map<String, String> queries = new LinkedHashMap<>();

  /** Begins with the database. */
  public DdlFiles(String database) {
    definitions.put("database.sql", AthenaDdl.database(database));
  }

  /** Adds the tables, views and prepared queries of a source table. */
  public void add(SourceCatalog catalog, Site site) {
    for (CatalogTable table : catalog.tables()) {
      definitions.put("tables/" + table.name() + SQL, AthenaDdl.table(table, site));
    }
    for (CatalogView view : catalog.views()) {
      definitions.put("views/" + view.name() + SQL, AthenaDdl.view(view));
    }
    for (PreparedQuery query : catalog.queries()) {
      queries.put("queries/" + query.name() + SQL, AthenaDdl.prepare(query));
    }
  }

  /** Database, tables and views by their path, in the order in which they are to be made. */
  public Map<String, String> definitions() {
    return new LinkedHashMap<>(definitions);
  }

  /** The statements that prepare queries, by their path. */
  public Map<String, String> queries() {
    return new LinkedHashMap<>(queries);
  }

  /** All of them. */
  public Map<String, String> all() {
    Map<String, String> all = definitions();
    all.putAll(queries);
    return all;
  }
}
