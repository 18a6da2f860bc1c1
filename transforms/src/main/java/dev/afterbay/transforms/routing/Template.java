package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of texts with named captures, such as {@code USER#{user_id}}.
 *
 * <p>A capture takes one or more characters other than the delimiter; {@code {rest*}}, which stands
 * last, takes one or more characters of any kind. If a text can be taken apart in several ways,
 * which needs two captures without delimiter between them, the earlier captures are the short ones.
 */
public final class Template {
  /**
   * One capture.
   *
   * @param name of the column that it fills
   * @param type of that column
   */
  public record Capture(String name, ColumnType type) {}

  private final String text;
  private final TemplateParts parts;

  private Template(String text, TemplateParts parts) {
    this.text = text;
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @param delimiter that an ordinary capture does not contain
   * @throws IllegalArgumentException if it cannot be read, with the way out
   */
  public static Template parse(String text, char delimiter) {
    return new Template(text, TemplateParser.parse(text, delimiter));
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** What an ordinary capture does not contain. */
  public char delimiter() {
    return parts.delimiter();
  }

  /** The captures, from left to right. */
  public List<Capture> captures() {
    return parts.captures();
  }

  /** The names of the captures, from left to right. */
  public List<String> captureNames() {
    return parts.captures().stream().map(Capture::name).toList();
  }

  /** What the captures take of a text, in their order; empty if it does not match. */
  public Optional<List<String>> match(String text) {
    List<String> captured = new ArrayList<>(parts.captures().size());
    return scan(text, captured) ? Optional.of(captured) : Optional.empty();
  }

  /** The source of the column of a capture, if the template is held against no key. */
  public Column.Source source(String attribute, Capture capture) {
    return new Column.Source.Templated(attribute, text, parts.delimiter(), capture.name());
  }

  /** Whether a text matches. */
  boolean matches(String text) {
    return scan(text, null);
  }

  /**
   * The text that matches with these captures; the inverse of {@link #match}.
   *
   * @throws IllegalArgumentException if no text gives these captures
   */
  public String render(List<String> captured) {
    StringBuilder rendered = new StringBuilder(parts.literal(0));
    for (int i = 0; i < captured.size() && i < parts.captures().size(); i++) {
      rendered.append(captured.get(i)).append(parts.literal(i + 1));
    }
    String whole = rendered.toString();
    if (!match(whole).equals(Optional.of(captured))) {
      throw new IllegalArgumentException(
          "'" + text + "' captures nothing like what it shall be rendered with");
    }
    return whole;
  }

  /** A text that both match, as short as there is one; empty if there is none. */
  public Optional<String> common(Template other) {
    return Intersection.of(parts, other.parts);
  }

  /** The characters that every matching text begins with. */
  String prefix() {
    return parts.literal(0);
  }

  /**
   * Takes a text apart from left to right. A literal with a delimiter in it can stand in one place
   * only, since the capture before it reaches to the next delimiter at most. Of a literal without,
   * the first place is as good as any later one: it leaves the most to what follows. So nothing is
   * ever tried twice.
   */
  private boolean scan(String text, @Nullable List<String> captured) {
    int last = parts.captures().size() - 1;
    if (last < 0) {
      return text.equals(parts.literal(0));
    }
    if (!text.startsWith(parts.literal(0))) {
      return false;
    }
    int start = parts.literal(0).length();
    for (int i = 0; i <= last; i++) {
      String literal = parts.literal(i + 1);
      int end = i == last ? end(text, start, literal) : next(text, start, literal);
      if (end <= start) {
        return false;
      }
      if (captured != null) {
        captured.add(text.substring(start, end));
      }
      start = end + literal.length();
    }
    return true;
  }

  /** Where the last capture ends; -1 if what follows is not the literal. */
  private int end(String text, int start, String literal) {
    int end = text.length() - literal.length();
    boolean found =
        end > start && text.endsWith(literal) && (parts.open() || plain(text, start, end));
    return found ? end : -1;
  }

  /** Where a capture ends that a literal follows; -1 if none does. */
  private int next(String text, int start, String literal) {
    int offset = literal.indexOf(parts.delimiter());
    if (offset < 0) {
      int end = text.indexOf(literal, start + 1);
      return end >= 0 && plain(text, start, end) ? end : -1;
    }
    int end = text.indexOf(parts.delimiter(), start) - offset;
    return end > start && text.startsWith(literal, end) ? end : -1;
  }

  private boolean plain(String text, int start, int end) {
    int delimiter = text.indexOf(parts.delimiter(), start);
    return delimiter < 0 || delimiter >= end;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Template template
        && text.equals(template.text)
        && parts.delimiter() == template.parts.delimiter();
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
