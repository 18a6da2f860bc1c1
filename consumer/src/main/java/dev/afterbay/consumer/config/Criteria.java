package dev.afterbay.consumer.config;

import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Tag;

/** The values that a {@code where} asks for, with the types that YAML gives them. */
final class Criteria {
  private Criteria() {}

  /** One value or a list of them; empty, with problems, if one of them cannot be read. */
  static Optional<List<Value>> read(Field field) {
    List<Field> elements = field.elements();
    if (elements.isEmpty()) {
      field.problem("the list is empty, and no item would do; write at least one value");
    }
    List<Value> values = new ArrayList<>();
    for (Field element : elements) {
      element.parse(text -> value(text, element.node().getTag())).ifPresent(values::add);
    }
    return values.isEmpty() || values.size() < elements.size()
        ? Optional.empty()
        : Optional.of(values);
  }

  private static Value value(String text, Tag tag) {
    if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
      if (!text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
        throw ambiguous(text, "a number", "decimal digits");
      }
      return new Value.N(text);
    }
    if (Tag.BOOL.equals(tag)) {
      if (!"true".equals(text) && !"false".equals(text)) {
        throw ambiguous(text, "a truth value", "true or false");
      }
      return new Value.Bool("true".equals(text));
    }
    return new Value.S(text);
  }

  private static IllegalArgumentException ambiguous(String text, String kind, String spelling) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' could be a text or "
            + kind
            + "; put a text into quotes, and write "
            + kind
            + " as "
            + spelling);
  }
}
