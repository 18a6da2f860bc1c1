package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.tocatalog.CatalogEntry.Kind;
import java.util.Optional;
import java.util.Set;

/**
 * Whose the tables and views of a database are.
 *
 * @param database their database
 * @param lake which is ours
 */
record Ownership(String database, String lake) {
  /** Whether a table is of this lake. */
  boolean owns(CatalogEntry entry) {
    return entry.kind() == Kind.TABLE && entry.parameter(Site.OWNER).equals(Optional.of(lake));
  }

  /** Why an entry cannot be a table of ours, with the way out; empty if it is one. */
  Optional<String> objectionToTable(CatalogEntry held) {
    return owns(held)
        ? Optional.empty()
        : Optional.of(
            "The catalog's table '"
                + held.name()
                + "' of database '"
                + database
                + "' should be the lake's, but "
                + whatItIs(held)
                + "; choose another database ('catalog: { database: … }'), drop what is there, or"
                + " write 'catalog: none'");
  }

  /** Why an entry cannot become a view of ours, with the way out; empty if it can. */
  Optional<String> objectionToView(CatalogEntry held, Set<String> claimed) {
    return held.kind() == Kind.VIEW && claimed.contains(held.name())
        ? Optional.empty()
        : Optional.of(
            "The catalog's view '"
                + held.name()
                + "' of database '"
                + database
                + "' should be the lake's, but "
                + whatItIs(held)
                + "; choose another database ('catalog: { database: … }'), drop what is there, or"
                + " do without views ('catalog: { views: none }')");
  }

  private String whatItIs(CatalogEntry held) {
    if (held.kind() == Kind.VIEW) {
      return "there is a view that Afterbay did not make";
    }
    return held.parameter(Site.OWNER)
        .map(
            owner ->
                owner.equals(lake)
                    ? "there is a table of the lake"
                    : "it belongs to another lake, " + owner)
        .orElse(
            "there is a table"
                + (held.location().isEmpty() ? "" : " over " + held.location())
                + " that Afterbay did not make");
  }
}
