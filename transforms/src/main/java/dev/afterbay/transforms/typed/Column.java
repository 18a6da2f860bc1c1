package dev.afterbay.transforms.typed;

import java.util.Locale;
import java.util.Optional;

/**
 * A column of a typed table.
 *
 * @param name of the column
 * @param source where its values come from
 * @param type of its values
 */
public record Column(String name, Source source, ColumnType type) {
  /** No catalog takes longer names. */
  private static final int LONGEST_NAME = 255;

  /** What the columns begin with that every table has. */
  private static final String OURS = "cdc_";

  /** Where the values of a column come from. */
  public sealed interface Source {
    /** An attribute of the item. */
    record Attribute(String name) implements Source {}

    /**
     * What a template captures of a key attribute.
     *
     * @param attribute whose text the template is held against
     * @param capture its name in the template
     */
    record Captured(String attribute, String capture) implements Source {}

    /**
     * What a template captures of another attribute, which is rebuilt from its captures. So a
     * column stands by the template that it was first filled by, whatever the configuration says
     * later.
     *
     * @param attribute whose text the template is held against
     * @param template as it was written
     * @param delimiter of the template
     * @param capture its name in the template
     */
    record Templated(String attribute, String template, char delimiter, String capture)
        implements Source {}
  }

  /** Checks the name. */
  public Column {
    refusal(name)
        .ifPresent(
            message -> {
              throw new IllegalArgumentException(message);
            });
  }

  /**
   * The column of an attribute, under the name that it has by itself.
   *
   * @throws IllegalArgumentException if no column can have that name
   */
  public static Column of(String attribute, ColumnType type) {
    return new Column(nameOf(attribute), new Source.Attribute(attribute), type);
  }

  /**
   * The name of an attribute's column: the attribute's own, with {@code _} for what is no letter or
   * digit, and before a digit at the start. Not every such name can be had, see {@link #refusal}.
   */
  public static String nameOf(String attribute) {
    if (isPlain(attribute)) {
      return attribute;
    }
    StringBuilder name = new StringBuilder(attribute.length() + 1);
    attribute
        .codePoints()
        .forEach(point -> name.append(point < 128 && isPart((char) point) ? (char) point : '_'));
    if (name.isEmpty() || isDigit(name.charAt(0))) {
      name.insert(0, '_');
    }
    return name.toString();
  }

  /** Why no column can have a name; empty if one can. */
  public static Optional<String> refusal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!isPlain(name) || name.length() > LONGEST_NAME) {
      return Optional.of(
          "A column's name has up to "
              + LONGEST_NAME
              + " letters, digits and '_' and begins with no digit, not '"
              + (name.length() > 80 ? name.substring(0, 80) + "…" : name)
              + "'");
    }
    if (lower.startsWith(OURS)) {
      return Optional.of("A column cannot be called '" + name + "': cdc_… are those of Afterbay");
    }
    if ("dt".equals(lower) || "hh".equals(lower)) {
      return Optional.of(
          "A column cannot be called '" + name + "': the partitions are called dt and hh");
    }
    return Optional.empty();
  }

  /** Whether a name is one for Avro and for SQL without quotes. */
  static boolean isPlain(String name) {
    int length = name.length();
    if (length == 0 || isDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isPart(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
