package dev.afterbay.consumer.catalog;

import dev.afterbay.sinks.catalog.AthenaDdl;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The statements that make a catalog in Athena, one a file, since it takes one at a time. Tables
 * are in its DDL, which is Hive's; views and prepared queries in its query language, which is
 * Trino's.
 */
public final class DdlFiles {
  private static final String SQL = ".sql";

  private final Map<String, String> tables = new LinkedHashMap<>();
  private final Map<String, String> views = new LinkedHashMap<>();
  private final Map<String, String> queries = new LinkedHashMap<>();

  /** Begins with the database. */
  public DdlFiles(String database) {
    tables.put("database.sql", AthenaDdl.database(database));
  }

  /** Adds the tables, views and prepared queries of a source table. */
  public void add(SourceCatalog catalog, Site site) {
    for (CatalogTable table : catalog.tables()) {
      tables.put("tables/" + table.name() + SQL, AthenaDdl.table(table, site));
    }
    for (CatalogView view : catalog.views()) {
      views.put("views/" + view.name() + SQL, AthenaDdl.view(view));
    }
    for (PreparedQuery query : catalog.queries()) {
      queries.put("queries/" + query.name() + SQL, AthenaDdl.prepare(query));
    }
  }

  /** Database and tables by their path, in the order in which they are to be made. */
  public Map<String, String> tables() {
    return Collections.unmodifiableMap(tables);
  }

  /** Views by their path; each stands after those that it reads. */
  public Map<String, String> views() {
    return Collections.unmodifiableMap(views);
  }

  /** All statements by their path, in the order in which they are to be made. */
  public Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(tables);
    all.putAll(views);
    all.putAll(queries);
    return all;
  }
}
