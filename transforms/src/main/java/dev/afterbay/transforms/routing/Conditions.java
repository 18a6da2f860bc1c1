package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Value;
import java.util.List;
import java.util.Map;

/** What an item must fulfil to belong to an entity, laid out to be checked fast. */
final class Conditions {
  private final Entity entity;
  private final String[] matched;
  private final Template[] templates;
  private final String[] compared;
  private final Value[][] allowed;

  Conditions(Entity entity) {
    this.entity = entity;
    this.matched = entity.match().keySet().toArray(String[]::new);
    this.templates = entity.match().values().toArray(Template[]::new);
    this.compared = entity.where().keySet().toArray(String[]::new);
    this.allowed =
        entity.where().values().stream()
            .map((List<Value> values) -> values.toArray(Value[]::new))
            .toArray(Value[][]::new);
  }

  Entity entity() {
    return entity;
  }

  boolean hold(Map<String, Value> attributes) {
    for (int i = 0; i < matched.length; i++) {
      String text = Router.text(attributes.get(matched[i]));
      if (text == null || !templates[i].matches(text)) {
        return false;
      }
    }
    for (int i = 0; i < compared.length; i++) {
      Value value = attributes.get(compared[i]);
      if (value == null || !contains(allowed[i], value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(Value[] allowed, Value value) {
    for (Value each : allowed) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
