package dev.afterbay.transforms.image;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The attributes of an item, or of a map inside one, by name.
 *
 * @param attributes in any order; held by code point of the names, unmodifiable
 */
public record Item(Map<String, Value> attributes) {
  /** Copies the attributes in canonical order; refuses names that are not well-formed. */
  public Item {
    Map<String, Value> sorted = new TreeMap<>(CanonicalText.ORDER);
    attributes.forEach((name, value) -> sorted.put(CanonicalText.wellFormed(name), value));
    attributes = Collections.unmodifiableMap(sorted);
  }

  /** The value of one attribute, if the item has it. */
  public Optional<Value> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  void appendTo(StringBuilder json) {
    json.append('{');
    boolean first = true;
    for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
      if (!first) {
        json.append(',');
      }
      first = false;
      CanonicalText.appendQuoted(json, attribute.getKey());
      json.append(':');
      attribute.getValue().appendTo(json);
    }
    json.append('}');
  }
}
