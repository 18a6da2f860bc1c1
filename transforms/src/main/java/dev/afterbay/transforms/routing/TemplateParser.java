package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.typed.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads templates; every refusal says the way out. */
final class TemplateParser {
  private static final Set<String> TYPES =
      Set.of("string", "int", "bigint", "decimal", "date", "timestamp");

  private final String text;
  private final char delimiter;
  private final List<String> literals = new ArrayList<>();
  private final List<Template.Capture> captures = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private boolean open;

  private TemplateParser(String text, char delimiter) {
    this.text = text;
    this.delimiter = delimiter;
  }

  static TemplateParts parse(String text, char delimiter) {
    if (delimiter == '{' || delimiter == '}' || Character.isSurrogate(delimiter)) {
      throw new IllegalArgumentException(
          "'" + delimiter + "' cannot be a delimiter; write for example '#' or '|'");
    }
    return new TemplateParser(new Value.S(text).text(), delimiter).parse();
  }

  private TemplateParts parse() {
    if (text.isEmpty()) {
      throw refused("is empty", "write for example USER#{user_id}");
    }
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
      if (c != '{' && c != '}') {
        literal.append(c);
        at++;
      } else if (doubled) {
        literal.append(c);
        at += 2;
      } else if (c == '{') {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw refused(
              "has a '{' that is not closed",
              "close the capture with '}', or write '{{' for the character itself");
        }
        capture(text.substring(at + 1, end));
        at = end + 1;
      } else {
        throw refused("has a '}' that closes nothing", "write '}}' for the character itself");
      }
    }
    if (open && !literal.isEmpty()) {
      throw refused("goes on after a capture with '*'", "such a capture stands last");
    }
    literals.add(literal.toString());
    return new TemplateParts(literals, captures, delimiter, open);
  }

  private void capture(String content) {
    if (!captures.isEmpty() && literal.isEmpty()) {
      throw refused(
          "has two captures side by side",
          "put the text between them that parts them, or make them one");
    }
    if (open) {
      throw refused("goes on after a capture with '*'", "such a capture stands last");
    }
    int colon = content.indexOf(':');
    String spelt = colon < 0 ? content : content.substring(0, colon);
    open = spelt.endsWith("*");
    String name = open ? spelt.substring(0, spelt.length() - 1) : spelt;
    checkName(name);
    captures.add(
        new Template.Capture(
            name, colon < 0 ? ColumnType.parse("string") : type(content.substring(colon + 1))));
    literals.add(literal.toString());
    literal.setLength(0);
  }

  private void checkName(String name) {
    if (name.isEmpty()) {
      throw refused("has a capture without a name", "write for example {user_id}");
    }
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw refused(
          "has a capture with the name '" + name + "'",
          "a name has letters, digits and '_', and does not begin with a digit");
    }
    if (captures.stream().anyMatch(capture -> capture.name().equalsIgnoreCase(name))) {
      throw refused("captures '" + name + "' twice", "give each capture its own name");
    }
  }

  private ColumnType type(String spelt) {
    String type = "long".equals(spelt) ? "bigint" : spelt;
    int bracket = type.indexOf('(');
    if (!TYPES.contains(bracket < 0 ? type : type.substring(0, bracket))) {
      throw refused(
          "has a capture of type '" + spelt + "'",
          "captures are string, int, long, decimal(p,s), date or timestamp(…)");
    }
    try {
      return ColumnType.parse(type);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the template '" + text + "': " + e.getMessage(), e);
    }
  }

  private IllegalArgumentException refused(String what, String wayOut) {
    return new IllegalArgumentException("the template '" + text + "' " + what + "; " + wayOut);
  }
}
