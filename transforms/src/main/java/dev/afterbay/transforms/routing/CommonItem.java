package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An item that two entities would both take. Every attribute can be looked at by itself. */
final class CommonItem {
  private CommonItem() {}

  /** What such an item looks like, as a person would write it; empty if there is none. */
  static Optional<String> of(Entity one, Entity other) {
    Set<String> attributes = new LinkedHashSet<>(one.match().keySet());
    attributes.addAll(other.match().keySet());
    attributes.addAll(one.where().keySet());
    attributes.addAll(other.where().keySet());
    List<String> example = new ArrayList<>();
    for (String attribute : attributes) {
      Optional<String> value = value(one, other, attribute);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      example.add(attribute + ": " + value.get());
    }
    return Optional.of(example.isEmpty() ? "any item" : String.join(", ", example));
  }

  private static Optional<String> value(Entity one, Entity other, String attribute) {
    List<Template> templates = both(one.match().get(attribute), other.match().get(attribute));
    List<List<Value>> allowed = both(one.where().get(attribute), other.where().get(attribute));
    if (allowed.isEmpty()) {
      // A template is what it has in common with itself.
      return templates.get(0).common(templates.get(templates.size() - 1)).map(CommonItem::quoted);
    }
    return allowed.get(0).stream()
        .filter(allowed.get(allowed.size() - 1)::contains)
        .filter(value -> templates.stream().allMatch(template -> matches(template, value)))
        .map(CommonItem::spell)
        .findFirst();
  }

  /** Those of two that are there. */
  private static <T> List<T> both(@Nullable T one, @Nullable T other) {
    return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean matches(Template template, Value value) {
    String text = Router.text(value);
    return text != null && template.matches(text);
  }

  private static String spell(Value value) {
    if (value instanceof Value.S string) {
      return quoted(string.text());
    }
    if (value instanceof Value.N number) {
      return number.number();
    }
    StringBuilder json = new StringBuilder();
    value.appendTo(json);
    return value instanceof Value.Bool bool ? Boolean.toString(bool.value()) : json.toString();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
