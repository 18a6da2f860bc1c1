package dev.afterbay.sinks.tocatalog;

import java.util.Optional;

/** What is to be done about one table, by what the catalog holds under its name. */
sealed interface Decision {
  /** The name is free. */
  record Create(TableDefinition table) implements Decision {}

  /** It is as it should be. */
  record Keep(Merge merge) implements Decision {}

  /** It lacks something. */
  record Update(Merge merge, String version) implements Decision {}

  /** It is not ours. */
  record Refuse(String sentence) implements Decision {}

  static Decision on(Optional<CatalogEntry> held, TableDefinition wanted, Ownership ours) {
    if (held.isEmpty()) {
      return new Create(wanted);
    }
    CatalogEntry found = held.get();
    Optional<String> objection = ours.objectionToTable(found);
    if (objection.isPresent()) {
      return new Refuse(objection.get());
    }
    Merge merge = Merge.of(found, wanted);
    return merge.isHeldBy(found) ? new Keep(merge) : new Update(merge, found.version());
  }
}
