package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.AthenaDdl;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A view engine in memory, which keeps the texts and shows its views in a catalog in memory. */
public final class MemoryViews implements ViewEngine {
  private final MemoryCatalog catalog;
  private final String database;
  private final Map<String, String> views = new TreeMap<>();
  private final Map<String, String> queries = new TreeMap<>();

  /** An engine over one database of a catalog. */
  public MemoryViews(MemoryCatalog catalog, String database) {
    this.catalog = catalog;
    this.database = database;
  }

  @Override
  public synchronized void createOrReplace(CatalogView view) {
    views.put(view.name(), AthenaDdl.view(view));
    catalog.put(
        database,
        new CatalogEntry(
            view.name(),
            CatalogEntry.Kind.VIEW,
            "",
            "",
            "",
            List.of(),
            List.of(),
            Map.of("presto_view", "true")));
  }

  @Override
  public synchronized void prepare(PreparedQuery query) {
    queries.put(query.name(), query.sql());
  }

  @Override
  public String place() {
    return "memory";
  }

  /** The statements that made the views, by the views' names. */
  public synchronized Map<String, String> views() {
    return new TreeMap<>(views);
  }

  /** The prepared queries, by their names. */
  public synchronized Map<String, String> queries() {
    return new TreeMap<>(queries);
  }
}
