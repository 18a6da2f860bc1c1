package dev.afterbay.sinks.tocatalog;

import java.util.List;

/**
 * What a registration brought about.
 *
 * @param tablesCreated how many
 * @param tablesUpdated how many
 * @param viewsMade how many, the prepared queries with them
 * @param conflicts what stays in the catalog although it does not suit the files, a sentence each
 */
public record Registered(
    int tablesCreated, int tablesUpdated, int viewsMade, List<String> conflicts) {
  static final Registered NOTHING = new Registered(0, 0, 0, List.of());

  /** Copies the conflicts. */
  public Registered {
    conflicts = List.copyOf(conflicts);
  }

  /** Whether anything was changed. */
  public boolean changedAnything() {
    return tablesCreated + tablesUpdated + viewsMade > 0;
  }

  /** Both one after the other; what is in conflict is so after the later one. */
  Registered then(Registered later) {
    return new Registered(
        tablesCreated + later.tablesCreated,
        tablesUpdated + later.tablesUpdated,
        viewsMade + later.viewsMade,
        later.conflicts);
  }
}
