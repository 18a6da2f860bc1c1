package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of some items have in common, part by part: a literal, or anything.
 *
 * @param texts one for each key attribute; empty for one that templates match no value of
 */
record KeyPattern(List<List<Part>> texts) {
  /** A part of a text between two delimiters. */
  sealed interface Part {
    /** What all texts have here; empty if there is nothing between the delimiters. */
    record Literal(String text) implements Part {}

    /** What is different from text to text; never empty. */
    record Anything() implements Part {}
  }

  /** Where a part is. */
  record Position(int text, int part) {}

  private static final Part ANYTHING = new Part.Anything();

  KeyPattern {
    texts = texts.stream().map(List::copyOf).toList();
  }

  /** The pattern of an item's key; empty if a key attribute is missing. */
  static Optional<KeyPattern> of(Item item, List<String> keys, char delimiter) {
    List<List<Part>> texts = new ArrayList<>();
    for (String key : keys) {
      Value value = item.attributes().get(key);
      if (value == null) {
        return Optional.empty();
      }
      texts.add(parts(value, delimiter));
    }
    return Optional.of(new KeyPattern(texts));
  }

  /** The parts of a text, of which a name and its identifier take turns. */
  private static List<Part> parts(Value value, char delimiter) {
    if (value instanceof Value.N) {
      return List.of(ANYTHING);
    }
    List<Part> parts = new ArrayList<>();
    if (!(value instanceof Value.S string)) {
      return parts;
    }
    boolean named = false;
    int start = 0;
    while (start >= 0) {
      int end = string.text().indexOf(delimiter, start);
      String part = string.text().substring(start, end < 0 ? string.text().length() : end);
      named = !part.isEmpty() && !named && KeyShape.isName(part, end < 0);
      parts.add(named || part.isEmpty() ? new Part.Literal(part) : ANYTHING);
      start = end < 0 ? -1 : end + 1;
    }
    return parts;
  }

  /** Equal for patterns that could be one: as many parts, and the same ones of them empty. */
  String skeleton() {
    StringBuilder skeleton = new StringBuilder();
    for (List<Part> text : texts) {
      text.forEach(part -> skeleton.append(isEmpty(part) ? '0' : '1'));
      skeleton.append('/');
    }
    return skeleton.toString();
  }

  /** Where there is a literal that could be anything else. */
  List<Position> literals() {
    List<Position> literals = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      for (int part = 0; part < texts.get(text).size(); part++) {
        if (texts.get(text).get(part) instanceof Part.Literal literal
            && !literal.text().isEmpty()) {
          literals.add(new Position(text, part));
        }
      }
    }
    return literals;
  }

  /** Whether something follows a part that is not a literal, as an identifier follows its name. */
  boolean isFollowed(Position position) {
    List<Part> text = texts.get(position.text());
    int next = position.part() + 1;
    return next < text.size() && text.get(next) instanceof Part.Anything;
  }

  /** The pattern with anything in one place. */
  KeyPattern without(Position position) {
    List<List<Part>> changed = new ArrayList<>(texts);
    List<Part> text = new ArrayList<>(texts.get(position.text()));
    text.set(position.part(), ANYTHING);
    changed.set(position.text(), text);
    return new KeyPattern(changed);
  }

  /** Whether all that the other matches is matched by this one; both have one skeleton. */
  boolean covers(KeyPattern other) {
    return agree(other, (own, others) -> own.equals(ANYTHING) || own.equals(others));
  }

  /** Whether a key can match both; they have one skeleton. */
  boolean overlaps(KeyPattern other) {
    return agree(
        other,
        (own, others) -> own.equals(ANYTHING) || others.equals(ANYTHING) || own.equals(others));
  }

  private boolean agree(KeyPattern other, BiPredicate<Part, Part> partsAgree) {
    for (int text = 0; text < texts.size(); text++) {
      for (int part = 0; part < texts.get(text).size(); part++) {
        if (!partsAgree.test(texts.get(text).get(part), other.texts.get(text).get(part))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The narrowest pattern that matches what either matches; they have one skeleton. */
  KeyPattern merged(KeyPattern other) {
    List<List<Part>> merged = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      List<Part> parts = new ArrayList<>();
      for (int part = 0; part < texts.get(text).size(); part++) {
        Part one = texts.get(text).get(part);
        parts.add(one.equals(other.texts.get(text).get(part)) ? one : ANYTHING);
      }
      merged.add(parts);
    }
    return new KeyPattern(merged);
  }

  /** The names in one text, from left to right, in lower case; none for an attribute left out. */
  List<String> names(int text) {
    return text >= texts.size()
        ? List.of()
        : texts.get(text).stream()
            .filter(part -> part instanceof Part.Literal && !isEmpty(part))
            .map(part -> KeyShape.snake(((Part.Literal) part).text()))
            .toList();
  }

  /** Whether a text ends with a name, and not with what it names. */
  boolean endsWithName(int text) {
    List<Part> parts = texts.get(text);
    return !parts.isEmpty() && parts.get(parts.size() - 1) instanceof Part.Literal;
  }

  /** The template of a text. */
  String template(int text, char delimiter, CaptureNames names) {
    StringBuilder template = new StringBuilder();
    @Nullable String name = null;
    for (Part part : texts.get(text)) {
      if (part instanceof Part.Literal literal) {
        template.append(literal.text().replace("{", "{{").replace("}", "}}"));
        name = literal.text().isEmpty() ? name : KeyShape.snake(literal.text());
      } else {
        template.append('{').append(names.free(text, name)).append('}');
      }
      template.append(delimiter);
    }
    template.setLength(template.length() - 1);
    return template.toString();
  }

  private static boolean isEmpty(Part part) {
    return part instanceof Part.Literal literal && literal.text().isEmpty();
  }
}
