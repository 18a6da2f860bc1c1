package dev.afterbay.transforms.routing;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives names to captures that neither each other's nor an attribute's column has. */
final class CaptureNames {
  private final List<String> keys;
  private final Set<String> attributes = new HashSet<>();
  private final Set<String> given;
  private final String prefix;

  /**
   * Names for one entity.
   *
   * @param columns names of columns of attributes
   */
  CaptureNames(List<String> keys, Set<String> columns) {
    this(keys, "", new HashSet<>());
    attributes.addAll(Set.of("dt", "hh"));
    columns.forEach(name -> attributes.add(name.toLowerCase(Locale.ROOT)));
  }

  private CaptureNames(List<String> keys, String prefix, Set<String> given) {
    this.keys = keys;
    this.prefix = prefix;
    this.given = given;
  }

  /** Names for the captures of an index's key, which say so. */
  CaptureNames ofIndex(String attribute) {
    String index = KeyShape.snake(attribute.replaceAll("(?i)[-_]?[ps]k[0-9]*$", ""));
    CaptureNames names = new CaptureNames(List.of(attribute), index + "_", given);
    names.attributes.addAll(attributes);
    return names;
  }

  /** The names that were given. */
  Set<String> given() {
    return given;
  }

  /**
   * A name for a capture.
   *
   * @param name that stands before it in the text; null if there is none
   */
  String free(int text, @Nullable String name) {
    String wanted = name == null ? KeyShape.snake(keys.get(text)) : name + "_id";
    if (!prefix.isEmpty()) {
      wanted = name == null ? prefix + "key" : prefix + name;
    }
    String free = attributes.contains(wanted) ? "key_" + wanted : wanted;
    for (int i = 2; isTaken(free); i++) {
      free = wanted + "_" + i;
    }
    given.add(free);
    return free;
  }

  private boolean isTaken(String name) {
    return attributes.contains(name) || given.contains(name);
  }
}
