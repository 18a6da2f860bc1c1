package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The shape of an item's key as a proposal for templates. */
public final class KeyShape {
  private static final char DELIMITER = '#';

  private final Set<String> taken = new HashSet<>(Set.of("dt", "hh"));

  private KeyShape() {}

  /**
   * The shape of a key, such as {@code PK: "USER#{user_id}", SK: "CART#{cart_id}"}: what looks like
   * a name stays, what looks like an identifier becomes a capture. The texts are quoted as in YAML.
   *
   * <p>Along a key a name and its identifier take turns. A name has letters, {@code _} and {@code
   * -}; one that stands last has capitals only. A binary attribute has no shape and is left out.
   *
   * @param keys the names of the key attributes, the partition key first
   */
  public static String of(Item item, List<String> keys) {
    KeyShape shape = new KeyShape();
    List<String> attributes = new ArrayList<>();
    for (String key : keys) {
      Value value = item.attributes().get(key);
      String text = Router.text(value);
      if (text != null) {
        String template = value instanceof Value.N ? shape.number(key) : shape.text(key, text);
        attributes.add(
            (key.matches("[A-Za-z0-9_.-]+") ? key : quoted(key)) + ": " + quoted(template));
      }
    }
    return String.join(", ", attributes);
  }

  private String number(String key) {
    return "{" + free(snake(key)) + "}";
  }

  private String text(String key, String text) {
    StringBuilder template = new StringBuilder();
    String name = "";
    boolean named = false;
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf(DELIMITER, start);
      boolean last = end < 0;
      String part = text.substring(start, last ? text.length() : end);
      if (part.isEmpty()) {
        named = false;
      } else if (!named && isName(part, last)) {
        template.append(part);
        name = snake(part);
        named = true;
      } else {
        template.append('{').append(free(name.isEmpty() ? snake(key) : name + "_id")).append('}');
        named = false;
      }
      if (last) {
        return template.toString();
      }
      template.append(DELIMITER);
      start = end + 1;
    }
    return template.toString();
  }

  static boolean isName(String part, boolean last) {
    boolean letter = false;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean capital = c >= 'A' && c <= 'Z';
      boolean small = c >= 'a' && c <= 'z';
      if (!capital && c != '_' && c != '-' && (last || !small)) {
        return false;
      }
      letter |= capital || small;
    }
    return letter;
  }

  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  static String snake(String name) {
    String snake =
        name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .replaceAll("^_+|_+$", "")
            .toLowerCase(Locale.ROOT);
    if (snake.isEmpty()) {
      return "key";
    }
    return Character.isDigit(snake.charAt(0)) || snake.startsWith("cdc_") ? "key_" + snake : snake;
  }

  static String quoted(String template) {
    return '"' + template.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
