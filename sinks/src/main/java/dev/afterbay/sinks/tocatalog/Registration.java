package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.tocatalog.CatalogException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Brings the tables and views of a lake into one database of a catalog, in which other tables may
 * stand, and at which other workers of the same lake may be at the same time.
 *
 * <p>It creates what is missing and adds columns. It never drops anything, changes no type and
 * leaves alone what others made. If there is nothing to do, it costs the listing of the database;
 * if nothing is wanted but what was brought about last, it costs no call at all.
 *
 * <p>How workers do not undo each other: every change of a table names the version that it was
 * decided on, and whoever comes second looks again. Of views, which have no such version, the table
 * of changes keeps a digest, set at the version that was there before the views were made; if that
 * fails, somebody else was at them, and all is looked at again.
 */
public final class Registration {
  /** Each lost pass is another worker's success; so many in a row are no accident. */
  private static final int MOST_PASSES = 20;

  private final Catalog catalog;
  private final String database;
  private final Optional<ViewMaking> views;
  private List<SitedCatalog> done = List.of();

  /**
   * A registration in one database.
   *
   * @param engine that makes the views; empty for tables alone
   */
  public Registration(Catalog catalog, String database, Optional<ViewEngine> engine) {
    this.catalog = catalog;
    this.database = database;
    this.views = engine.map(found -> new ViewMaking(catalog, database, found));
  }

  /**
   * Makes the catalog hold what is wanted.
   *
   * @param newest what is wanted of each source table, as new as it can be read now; asked again if
   *     the catalog knows more than the answer
   * @throws CatalogException {@link Kind#REFUSED} before anything was changed if a name is taken,
   *     else whatever a request came to
   */
  public synchronized Registered register(Supplier<List<SitedCatalog>> newest) {
    List<SitedCatalog> wanted = List.copyOf(newest.get());
    Registered sum = Registered.NOTHING;
    Set<String> unknown = Set.of();
    for (int attempt = 0; attempt < MOST_PASSES; attempt++) {
      if (wanted.equals(done)) {
        return sum;
      }
      Pass pass = new Pass(catalog, database, wanted, views.isPresent());
      pass.bringTables();
      sum = sum.then(pass.outcome());
      if (!unknown.containsAll(pass.unknown())) {
        // Another worker may know columns that were not yet there to be read when we asked.
        unknown = pass.unknown();
        List<SitedCatalog> again = List.copyOf(newest.get());
        if (!again.equals(wanted)) {
          wanted = again;
          continue;
        }
      }
      Optional<Registered> made = makeViews(pass);
      if (made.isPresent()) {
        done = wanted;
        return sum.then(made.get());
      }
    }
    throw new CatalogException(
        Kind.UNAVAILABLE,
        "Database '" + database + "' changes faster than it can be read; is it one fleet's?");
  }

  /** Empty if somebody else was at them too. */
  private Optional<Registered> makeViews(Pass pass) {
    List<String> conflicts = pass.outcome().conflicts();
    return views.isPresent()
        ? views.get().make(pass).map(made -> new Registered(0, 0, made, conflicts))
        : Optional.of(new Registered(0, 0, 0, conflicts));
  }
}
