package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.tocatalog.CatalogEntry.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One way through a database, begun with one listing of it. */
final class Pass {
  /** Each loss is another's change of the same table; so many in a row are no accident. */
  private static final int MOST_ATTEMPTS = 20;

  private final Catalog catalog;
  private final String database;
  private final List<SitedCatalog> wanted;
  private final Map<String, CatalogEntry> listed = new HashMap<>();
  private final Set<String> touched = new HashSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private final List<String> conflicts = new ArrayList<>();
  private final boolean claimingViews;
  private int created;
  private int updated;

  Pass(Catalog catalog, String database, List<SitedCatalog> wanted, boolean claimingViews) {
    this.catalog = catalog;
    this.database = database;
    this.wanted = wanted;
    this.claimingViews = claimingViews;
    Optional<List<CatalogEntry>> entries = catalog.entries(database);
    entries.orElse(List.of()).forEach(entry -> listed.put(entry.name(), entry));
    refuseWhatIsNotOurs();
    if (entries.isEmpty()) {
      catalog.createDatabase(database);
    }
  }

  /** Creates and updates the tables, as far as that is needed. */
  void bringTables() {
    for (SitedCatalog source : wanted) {
      Ownership ours = ownership(source);
      for (TableDefinition table : claimingViews ? source.tablesClaimingViews() : source.tables()) {
        bring(table, ours);
      }
    }
  }

  List<SitedCatalog> wanted() {
    return wanted;
  }

  /** The entry of that name as it was listed. */
  Optional<CatalogEntry> listed(String name) {
    return Optional.ofNullable(listed.get(name));
  }

  /** Whether the views stand there as listed. */
  boolean listsAll(List<CatalogView> views) {
    return views.stream()
        .allMatch(view -> listed(view.name()).filter(e -> e.kind() == Kind.VIEW).isPresent());
  }

  /** Whether the table of that name is not, or may not be, as it was listed. */
  boolean isTouched(String name) {
    return touched.contains(name);
  }

  /** The columns that the catalog has beyond the wanted ones, as {@code table.column}. */
  Set<String> unknown() {
    return Set.copyOf(unknown);
  }

  Registered outcome() {
    return new Registered(created, updated, 0, conflicts);
  }

  private void refuseWhatIsNotOurs() {
    List<String> sentences = new ArrayList<>();
    for (SitedCatalog source : wanted) {
      Ownership ours = ownership(source);
      for (TableDefinition table : source.tables()) {
        listed(table.name()).flatMap(ours::objectionToTable).ifPresent(sentences::add);
      }
      if (claimingViews) {
        Set<String> claimed = claimed(ours);
        for (CatalogView view : source.catalog().views()) {
          listed(view.name())
              .flatMap(held -> ours.objectionToView(held, claimed))
              .ifPresent(sentences::add);
        }
      }
    }
    if (!sentences.isEmpty()) {
      throw refused(String.join("\n", sentences));
    }
  }

  /** By any table of the lake: an entity may have come here from another source table. */
  private Set<String> claimed(Ownership ours) {
    Set<String> claimed = new HashSet<>();
    listed.values().stream().filter(ours::owns).map(Claims::of).forEach(claimed::addAll);
    return claimed;
  }

  private void bring(TableDefinition table, Ownership ours) {
    Optional<CatalogEntry> held = listed(table.name());
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (isBrought(Decision.on(held, table, ours))) {
        return;
      }
      held = catalog.find(database, table.name());
    }
    throw new CatalogException(
        CatalogException.Kind.UNAVAILABLE,
        "Table '"
            + table.name()
            + "' of database '"
            + database
            + "' changes faster than it can be read; is its lake one fleet's?");
  }

  /** False if somebody was faster. */
  private boolean isBrought(Decision decision) {
    if (decision instanceof Decision.Keep keep) {
      noted(keep.merge());
      return true;
    }
    if (decision instanceof Decision.Create create) {
      touched.add(create.table().name());
      boolean done = catalog.create(database, create.table()) == CreateAnswer.CREATED;
      created += done ? 1 : 0;
      return done;
    }
    if (decision instanceof Decision.Update update) {
      TableDefinition table = update.merge().table();
      touched.add(table.name());
      boolean done = catalog.update(database, table, update.version()) == UpdateAnswer.UPDATED;
      updated += done ? 1 : 0;
      if (done) {
        noted(update.merge());
      }
      return done;
    }
    throw refused(((Decision.Refuse) decision).sentence());
  }

  private void noted(Merge merge) {
    conflicts.addAll(merge.conflicts());
    merge.unknown().forEach(column -> unknown.add(merge.table().name() + "." + column));
  }

  private Ownership ownership(SitedCatalog source) {
    return new Ownership(database, source.site().lake());
  }

  private static CatalogException refused(String sentences) {
    return new CatalogException(CatalogException.Kind.REFUSED, sentences);
  }
}
