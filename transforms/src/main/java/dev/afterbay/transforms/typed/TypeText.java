package dev.afterbay.transforms.typed;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a type as the configuration spells it. */
final class TypeText {
  private static final String TYPES =
      "string, boolean, int, bigint, double, decimal(p,s), date, binary, timestamp,"
          + " timestamp(millis-iso), timestamp(local), timestamp(seconds), timestamp(millis),"
          + " array<T>, set<T>, map<string,T>, struct<name: T, …>, json";

  /** DynamoDB nests no deeper. */
  private static final int DEEPEST = 32;

  private final String text;
  private int position;
  private int depth;

  TypeText(String text) {
    this.text = text;
  }

  ColumnType read() {
    ColumnType type = type();
    if (skipSpace() < text.length()) {
      throw refused(position, "nothing more was expected");
    }
    return type;
  }

  private ColumnType type() {
    int start = skipSpace();
    String name = word().toLowerCase(Locale.ROOT);
    if (++depth > DEEPEST) {
      throw refused(start, "types nest at most " + DEEPEST + " deep");
    }
    try {
      return switch (name) {
        case "string", "text" -> PlainType.STRING;
        case "boolean", "bool" -> PlainType.BOOLEAN;
        case "int", "integer" -> PlainType.INT;
        case "bigint", "long" -> PlainType.BIGINT;
        case "double" -> PlainType.DOUBLE;
        case "date" -> PlainType.DATE;
        case "binary", "bytes" -> PlainType.BINARY;
        case "json" -> PlainType.JSON;
        case "decimal" -> decimal();
        case "timestamp" -> timestamp();
        case "array" -> new ArrayType(inBrackets());
        case "set" -> new SetType(inBrackets());
        case "map" -> map();
        case "struct" -> struct();
        default ->
            throw refused(
                start, name.isEmpty() ? "a type is missing" : "there is no type '" + name + "'");
      };
    } catch (RefusedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw refused(start, String.valueOf(e.getMessage()));
    } finally {
      depth--;
    }
  }

  private ColumnType decimal() {
    expect('(', "decimal needs its digits, such as decimal(12,2)");
    int precision = number();
    expect(',', "decimal needs the digits after the point, such as decimal(12,2)");
    int scale = number();
    expect(')', "decimal ends with ')'");
    return new DecimalType(precision, scale);
  }

  private ColumnType timestamp() {
    if (!accept('(')) {
      return TimestampType.ISO;
    }
    int start = skipSpace();
    String parameter = word();
    TimestampType type = TimestampType.with(parameter);
    if (type == null) {
      throw refused(
          start,
          "a timestamp is (millis-iso), (local), (seconds) or (millis), not '" + parameter + "'");
    }
    expect(')', "timestamp(" + parameter + " ends with ')'");
    return type;
  }

  private ColumnType inBrackets() {
    expect('<', "the type of the elements follows in '<' and '>'");
    ColumnType type = type();
    expect('>', "'>' is missing");
    return type;
  }

  private ColumnType map() {
    expect('<', "map needs its types, map<string,T>");
    int start = skipSpace();
    if (type() != PlainType.STRING) {
      throw refused(start, "the keys of a map are strings, map<string,T>");
    }
    expect(',', "map needs the type of its values, map<string,T>");
    ColumnType values = type();
    expect('>', "'>' is missing");
    return new MapType(values);
  }

  private ColumnType struct() {
    expect('<', "struct needs its fields, struct<name: T, …>");
    Map<String, ColumnType> fields = new LinkedHashMap<>();
    do {
      int start = skipSpace();
      String name = word();
      expect(':', "a struct's field is name: type");
      if (fields.put(name, type()) != null) {
        throw refused(start, "a struct has the field '" + name + "' twice");
      }
    } while (accept(','));
    expect('>', "'>' is missing");
    return new StructType(fields);
  }

  private int number() {
    int start = skipSpace();
    String word = word();
    if (word.isEmpty() || word.length() > 4 || !word.chars().allMatch(Character::isDigit)) {
      throw refused(start, "a number was expected");
    }
    return Integer.parseInt(word);
  }

  private String word() {
    int start = skipSpace();
    while (position < text.length() && " \t\n\r(),:<>".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private boolean accept(char c) {
    boolean accepted = skipSpace() < text.length() && text.charAt(position) == c;
    if (accepted) {
      position++;
    }
    return accepted;
  }

  private void expect(char c, String otherwise) {
    if (!accept(c)) {
      throw refused(position, otherwise);
    }
  }

  private int skipSpace() {
    while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return position;
  }

  private RefusedException refused(int at, String why) {
    return new RefusedException(
        "Not a column type: '"
            + text
            + "', at character "
            + (at + 1)
            + ": "
            + why
            + ". Types are "
            + TYPES);
  }

  private static final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }
}
