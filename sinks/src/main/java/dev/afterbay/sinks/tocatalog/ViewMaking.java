package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.transforms.change.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the views and prepared queries of the source tables, after their tables. */
final class ViewMaking {
  /** Each loss is another's note of the same views. */
  private static final int MOST_ATTEMPTS = 20;

  private final Catalog catalog;
  private final String database;
  private final ViewEngine engine;

  /**
   * The digests of the views that were begun and not seen to their end. Some of them may stand in
   * place of another worker's, whose digest then says nothing.
   */
  private final Map<TableName, Set<String>> begun = new HashMap<>();

  ViewMaking(Catalog catalog, String database, ViewEngine engine) {
    this.catalog = catalog;
    this.database = database;
    this.engine = engine;
  }

  /**
   * How many were made; empty if somebody else was at them too, and all is to be looked at again.
   */
  Optional<Integer> make(Pass pass) {
    int made = 0;
    for (SitedCatalog source : pass.wanted()) {
      Optional<Integer> here = make(source, pass);
      if (here.isEmpty()) {
        return here;
      }
      made += here.get();
    }
    return Optional.of(made);
  }

  private Optional<Integer> make(SitedCatalog source, Pass pass) {
    SourceCatalog wanted = source.catalog();
    if (wanted.views().isEmpty() && wanted.queries().isEmpty()) {
      return Optional.of(0);
    }
    String changes = source.changes();
    String digest = ViewDigest.of(wanted, engine.place());
    Optional<CatalogEntry> listed = pass.listed(changes);
    Set<String> unfinished = begun.computeIfAbsent(wanted.source(), name -> new HashSet<>());
    if (digest(listed).equals(Optional.of(digest))
        && pass.listsAll(wanted.views())
        && unfinished.isEmpty()) {
      return Optional.of(0);
    }
    Optional<CatalogEntry> base =
        pass.isTouched(changes) ? catalog.find(database, changes) : listed;
    if (base.isEmpty() || !digest(base).equals(digest(listed))) {
      return Optional.empty();
    }
    unfinished.add(digest);
    wanted.views().forEach(engine::createOrReplace);
    wanted.queries().forEach(engine::prepare);
    if (!isNoted(base.get(), digest)) {
      return Optional.empty();
    }
    unfinished.clear();
    return Optional.of(wanted.views().size());
  }

  /**
   * Whether the digest stands there, at a version of this worker's own. Whoever else is at the
   * views has begun at an earlier version, and has to look again: of two who made the same ones the
   * second may have written over those of a third. That one is not done before its digest stands
   * there, so as long as it is this worker's own, all that is to do is to set it anew.
   */
  private boolean isNoted(CatalogEntry base, String digest) {
    CatalogEntry held = base;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (catalog.update(database, noted(held, digest), held.version()) == UpdateAnswer.UPDATED) {
        return true;
      }
      Optional<CatalogEntry> now = catalog.find(database, base.name());
      if (!digest(now).equals(Optional.of(digest))) {
        return false;
      }
      held = now.orElseThrow();
    }
    return false;
  }

  private static TableDefinition noted(CatalogEntry held, String digest) {
    return new TableDefinition(
            held.name(),
            held.comment(),
            held.location(),
            Format.PARQUET,
            held.columns(),
            held.partitions(),
            held.parameters())
        .with(ViewDigest.VIEWS, digest);
  }

  private static Optional<String> digest(Optional<CatalogEntry> changes) {
    return changes.flatMap(entry -> entry.parameter(ViewDigest.VIEWS));
  }
}
