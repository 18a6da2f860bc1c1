package dev.afterbay.consumer.config;

import java.io.StringReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Lets types stand in a file without quotes. To YAML the comma in {@code { Total: decimal(12,2) }}
 * ends a value, and the colon in {@code struct<city: string>} begins one; while YAML reads, each is
 * hidden behind a character of its own, so that no place in the file moves.
 */
final class TypeTexts {
  private static final Set<String> PARTED = Set.of("decimal", "array", "set", "map", "struct");
  private static final char COMMA = '\uf8a1';
  private static final char COLON = '\uf8a2';

  private TypeTexts() {}

  /**
   * The tree of a file, whose places are those of the file; null if there is nothing in it.
   *
   * @throws org.yaml.snakeyaml.error.YAMLException if it is not YAML
   */
  static @Nullable Node compose(String file) {
    return new Yaml(new LoaderOptions()).compose(new StringReader(hide(file)));
  }

  /** The text of a file with the commas and colons of its types hidden. */
  static String hide(String file) {
    if (file.indexOf(COMMA) >= 0 || file.indexOf(COLON) >= 0) {
      return file;
    }
    StringBuilder hidden = new StringBuilder(file);
    int word = 0;
    int at = 0;
    while (at < file.length()) {
      char c = file.charAt(at);
      if ((c == '(' || c == '<') && PARTED.contains(file.substring(word, at))) {
        int end = end(file, at);
        hide(hidden, at, end);
        at = end;
      }
      if (!Character.isLetterOrDigit(file.charAt(at))) {
        word = at + 1;
      }
      at++;
    }
    return hidden.toString();
  }

  /** What stood there before it was hidden. */
  static String show(String hidden) {
    return hidden.replace(COMMA, ',').replace(COLON, ':');
  }

  private static void hide(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      text.setCharAt(i, c == ',' ? COMMA : c == ':' ? COLON : c);
    }
  }

  /** Where the bracket is closed; where it opens, if its line does not close it. */
  private static int end(String file, int open) {
    int depth = 0;
    for (int i = open; i < file.length() && file.charAt(i) != '\n'; i++) {
      char c = file.charAt(i);
      if (c == '(' || c == '<') {
        depth++;
      } else if ((c == ')' || c == '>') && --depth == 0) {
        return i;
      }
    }
    return open;
  }
}
