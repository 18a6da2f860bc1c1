package dev.afterbay.transforms.routing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names for proposed entities, made of the words in their keys. */
final class EntityNames {
  /** What a sort key says that only tells the item itself from what belongs to it. */
  private static final Set<String> ITSELF =
      Set.of(
          "detail",
          "details",
          "data",
          "info",
          "item",
          "meta",
          "metadata",
          "record",
          "root",
          "self");

  /** After the name of a source table they make the name of one of the lake's own tables. */
  private static final List<String> OWN_ENDINGS = List.of("_changes", "_quarantine", "_gaps");

  private static final int LONGEST = 80;

  private final String table;
  private final Set<String> owners = new HashSet<>();
  private final Set<String> taken;

  /**
   * Names within one table.
   *
   * @param table its name
   * @param taken names that entities of other tables have
   */
  EntityNames(String table, List<KeyPattern> patterns, Set<String> taken) {
    this.table = KeyShape.snake(table);
    this.taken = new HashSet<>(taken);
    for (KeyPattern pattern : patterns) {
      owners.addAll(pattern.names(0));
    }
  }

  /** A name that no other entity has. */
  String of(KeyPattern pattern) {
    String wanted = usable(wanted(pattern));
    String name = taken.contains(wanted) ? usable(table + "_" + wanted) : wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = wanted + "_" + i;
    }
    taken.add(name);
    return name;
  }

  private String wanted(KeyPattern pattern) {
    List<String> owner = pattern.names(0);
    List<String> own = pattern.names(1);
    if (owner.isEmpty() && own.isEmpty()) {
      return table;
    }
    if (own.isEmpty()) {
      String last = last(owner);
      return pattern.texts().size() > 1 ? last + "_items" : plural(last);
    }
    String last = last(own);
    if (owner.isEmpty()) {
      return plural(last);
    }
    if (own.equals(owner)) {
      return plural(last);
    }
    if (pattern.endsWithName(1)) {
      String before = own.size() > 1 ? own.get(own.size() - 2) : last(owner);
      return ITSELF.contains(last) ? plural(before) : before + "_" + plural(last);
    }
    return owners.contains(last) ? last(owner) + "_" + plural(last) : plural(last);
  }

  private static String usable(String name) {
    String usable = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    usable = usable.matches("[a-z].*") ? usable : "t_" + usable;
    boolean reserved =
        ReservedNames.include(usable) || OWN_ENDINGS.stream().anyMatch(usable::endsWith);
    return reserved ? usable + "_items" : usable;
  }

  static String plural(String word) {
    int length = word.length();
    char last = word.charAt(length - 1);
    char before = length > 1 ? word.charAt(length - 2) : ' ';
    if (last == 'y' && "aeiou".indexOf(before) < 0) {
      return word.substring(0, length - 1) + "ies";
    }
    if (last == 's') {
      return before == 's' || before == 'u' ? word + "es" : word;
    }
    boolean hissing = last == 'x' || last == 'z' || word.endsWith("ch") || word.endsWith("sh");
    return word + (hissing ? "es" : "s");
  }

  private static String last(List<String> words) {
    return words.get(words.size() - 1);
  }
}
