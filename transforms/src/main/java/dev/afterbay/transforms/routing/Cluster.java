package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.typed.ObservedType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Items whose keys have one pattern, and what is known of their attributes. */
final class Cluster {
  /** More attributes than these are no attributes, but data in the place of names. */
  private static final int MOST_ATTRIBUTES = 1_000;

  private static final int MOST_PAIRS = 5_000;

  private final KeyPattern pattern;
  private final long first;
  private final Map<String, ObservedType> types = new LinkedHashMap<>();
  private final Map<String, Optional<KeyPattern>> indexes = new LinkedHashMap<>();

  /** Keys of two attributes, to find their mirror images among others. */
  private final Set<List<Value>> pairs = new HashSet<>();

  private long items;

  /**
   * No items yet.
   *
   * @param first how many items were seen before the first of these
   */
  Cluster(KeyPattern pattern, long first) {
    this.pattern = pattern;
    this.first = first;
  }

  KeyPattern pattern() {
    return pattern;
  }

  long first() {
    return first;
  }

  long items() {
    return items;
  }

  /** What was seen of each attribute, keys among them. */
  Map<String, ObservedType> types() {
    return types;
  }

  /** The pattern that all values of an attribute of an index have. */
  Map<String, Optional<KeyPattern>> indexes() {
    return indexes;
  }

  void add(Item item, List<String> keys, char delimiter) {
    items++;
    item.attributes()
        .forEach(
            (name, value) -> {
              if (types.size() < MOST_ATTRIBUTES || types.containsKey(name)) {
                types.computeIfAbsent(name, each -> new ObservedType()).add(value);
              }
              if (isOfIndex(name) && !keys.contains(name)) {
                Optional<KeyPattern> found =
                    value instanceof Value.S
                        ? KeyPattern.of(item, List.of(name), delimiter)
                        : Optional.empty();
                indexes.merge(name, found, Cluster::common);
              }
            });
    if (keys.size() == 2 && pairs.size() < MOST_PAIRS) {
      pairs.add(keys.stream().map(key -> item.attributes().get(key)).toList());
    }
  }

  /** All items of both, under a pattern that both match. */
  Cluster merged(Cluster other, KeyPattern common) {
    Cluster merged = new Cluster(common, Math.min(first, other.first));
    for (Cluster each : List.of(this, other)) {
      merged.items += each.items;
      each.types.forEach(
          (name, type) ->
              merged.types.computeIfAbsent(name, absent -> new ObservedType()).addAll(type));
      each.indexes.forEach((name, found) -> merged.indexes.merge(name, found, Cluster::common));
      merged.pairs.addAll(each.pairs);
    }
    return merged;
  }

  /**
   * Whether these items repeat the other's with partition and sort key in each other's place. Where
   * there are too many to know them all, the patterns alone decide.
   */
  boolean mirrors(Cluster other) {
    List<List<KeyPattern.Part>> texts = pattern.texts();
    List<List<KeyPattern.Part>> others = other.pattern.texts();
    if (texts.size() != 2
        || texts.get(0).equals(texts.get(1))
        || !texts.get(0).equals(others.get(1))
        || !texts.get(1).equals(others.get(0))
        || pattern.names(0).isEmpty()
        || pattern.names(1).isEmpty()) {
      return false;
    }
    if (other.pairs.size() >= MOST_PAIRS) {
      return true;
    }
    long found =
        pairs.stream().filter(p -> other.pairs.contains(List.of(p.get(1), p.get(0)))).count();
    return 2 * found >= pairs.size();
  }

  /** Keys of indexes are called {@code GSI1PK}, {@code gsi2_sk}, {@code LSI1SK} and so on. */
  private static boolean isOfIndex(String name) {
    return name.matches("(?i)[gl]si[-_]?[0-9]*[-_]?[ps]k[0-9]*");
  }

  private static Optional<KeyPattern> common(Optional<KeyPattern> one, Optional<KeyPattern> two) {
    return one.flatMap(
        first ->
            two.filter(
                    second ->
                        first.skeleton().equals(second.skeleton())
                            && first.names(0).equals(second.names(0)))
                .map(first::merged));
  }
}
