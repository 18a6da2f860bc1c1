package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;

/**
 * What Afterbay asks of the engine whose views a catalog holds. A request that fails throws {@link
 * CatalogException}.
 */
public interface ViewEngine {
  /** Creates a view in place of one of that name, and returns when it is there. */
  void createOrReplace(CatalogView view);

  /** Has a prepared query stand as it is given. */
  void prepare(PreparedQuery query);

  /** Where it keeps prepared queries: at another place they have to be made again. */
  String place();
}
