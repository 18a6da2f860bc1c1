package dev.afterbay.sinks.tocatalog;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names of views that a lake made or is about to make: a property of its table of changes. */
final class Claims {
  /** The property. */
  static final String VIEW_NAMES = "afterbay.view-names";

  private static final String SEPARATOR = ",";

  private Claims() {}

  static String text(Collection<String> names) {
    return String.join(SEPARATOR, new TreeSet<>(names));
  }

  static Set<String> of(CatalogEntry entry) {
    return names(entry.parameter(VIEW_NAMES));
  }

  /** Both claims: what was claimed once may still be there. */
  static String union(Optional<String> one, String other) {
    Set<String> names = names(one);
    names.addAll(names(Optional.of(other)));
    return text(names);
  }

  private static Set<String> names(Optional<String> text) {
    Set<String> names = new TreeSet<>();
    text.map(found -> found.split(SEPARATOR, -1)).map(Arrays::asList).ifPresent(names::addAll);
    names.remove("");
    return names;
  }
}
