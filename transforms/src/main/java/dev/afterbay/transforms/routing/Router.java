package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the entity of an item. Any thread may use it. */
public final class Router {
  /**
   * Two entities that take the same items.
   *
   * @param one the entity that is named first
   * @param other the entity that is named later
   * @param example a key that both match, as a person would write it
   */
  public record Overlap(Entity one, Entity other, String example) {}

  private final List<Entity> entities;
  private final String indexed;
  private final PrefixTree<Conditions> tree = new PrefixTree<>();

  /** A router among entities of which no two overlap. */
  public Router(List<Entity> entities) {
    this.entities = List.copyOf(entities);
    this.indexed = bestIndex(entities);
    for (Entity entity : entities) {
      tree.add(prefix(entity, indexed), new Conditions(entity));
    }
  }

  /** The entities. */
  public List<Entity> entities() {
    return entities;
  }

  /** Every two entities that an item could belong to at once. */
  public static List<Overlap> overlaps(List<Entity> entities) {
    List<Overlap> overlaps = new ArrayList<>();
    for (int i = 0; i < entities.size(); i++) {
      for (int j = i + 1; j < entities.size(); j++) {
        Entity one = entities.get(i);
        Entity other = entities.get(j);
        CommonItem.of(one, other)
            .ifPresent(example -> overlaps.add(new Overlap(one, other, example)));
      }
    }
    return overlaps;
  }

  /** The entity of an item; null if there is none. */
  public @Nullable Entity route(Item item) {
    Map<String, Value> attributes = item.attributes();
    String text = text(attributes.get(indexed));
    PrefixTree<Conditions> node = tree;
    for (int i = 0; node != null; i++) {
      List<Conditions> candidates = node.values();
      for (int c = 0; c < candidates.size(); c++) {
        if (candidates.get(c).hold(attributes)) {
          return candidates.get(c).entity();
        }
      }
      node = text == null || i == text.length() ? null : node.next(text.charAt(i));
    }
    return null;
  }

  /** What templates are held against; null if they match no such value. */
  static @Nullable String text(@Nullable Value value) {
    if (value instanceof Value.S string) {
      return string.text();
    }
    return value instanceof Value.N number ? number.number() : null;
  }

  /** The attribute by whose beginning most entities can be told apart. */
  private static String bestIndex(List<Entity> entities) {
    Set<String> attributes = new LinkedHashSet<>();
    entities.forEach(entity -> attributes.addAll(entity.match().keySet()));
    String best = "";
    int most = 0;
    for (String attribute : attributes) {
      Set<String> prefixes = new HashSet<>();
      entities.forEach(entity -> prefixes.add(prefix(entity, attribute)));
      if (prefixes.size() > most) {
        most = prefixes.size();
        best = attribute;
      }
    }
    return best;
  }

  private static String prefix(Entity entity, String attribute) {
    Template template = entity.match().get(attribute);
    return template == null ? "" : template.prefix();
  }
}
