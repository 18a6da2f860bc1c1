package dev.afterbay.transforms.image;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Writes an item as DynamoDB JSON in an order, spelling and spacing that is not canonical. */
public final class Respelling {
  private final Random random;
  private final int oddOneIn;

  /** Spells much oddly. */
  public Respelling(long seed) {
    this(seed, 5);
  }

  /**
   * Spells as the seed says.
   *
   * @param oddOneIn of so many characters one has an escape that it does not need, and of so many
   *     places one has white space
   */
  public Respelling(long seed, int oddOneIn) {
    this.random = new Random(seed);
    this.oddOneIn = oddOneIn;
  }

  /** The item, in whatever way comes next. */
  public String of(Item item) {
    return all(
        "{", "}", new ArrayList<>(item.attributes().entrySet()), attribute -> member(attribute));
  }

  /** The same number, spelled in some other way. */
  String number(String canonical) {
    BigDecimal number = new BigDecimal(canonical);
    return switch (random.nextInt(6)) {
      case 0 -> number.signum() < 0 ? canonical : "+" + canonical;
      case 1 -> number.setScale(number.scale() + 1 + random.nextInt(4)).toPlainString();
      case 2 -> number.unscaledValue() + "E" + -number.scale();
      case 3 -> number.signum() < 0 ? canonical : "00" + canonical;
      case 4 -> canonical + (number.scale() > 0 ? "00e0" : ".0E+00");
      default -> canonical;
    };
  }

  private String member(Map.Entry<String, Value> attribute) {
    return string(attribute.getKey()) + space() + ":" + value(attribute.getValue());
  }

  private String value(Value value) {
    return "{" + space() + content(value) + space() + "}";
  }

  private String content(Value value) {
    if (value instanceof Value.S s) {
      return "\"S\": " + string(s.text());
    } else if (value instanceof Value.N n) {
      return "\"N\":" + string(number(n.number()));
    } else if (value instanceof Value.B b) {
      return "\"B\":" + string(b.bytes().base64());
    } else if (value instanceof Value.M m) {
      return "\"M\":" + of(m.attributes());
    } else if (value instanceof Value.L l) {
      return "\"L\":" + list("[", "]", l.elements(), this::value);
    } else if (value instanceof Value.SS set) {
      return "\"SS\":" + all("[", "]", new ArrayList<>(set.members()), this::string);
    } else if (value instanceof Value.NS set) {
      return "\"NS\":"
          + all("[", "]", new ArrayList<>(set.members()), member -> string(number(member)));
    } else if (value instanceof Value.BS set) {
      return "\"BS\":"
          + all("[", "]", new ArrayList<>(set.members()), member -> string(member.base64()));
    }
    return value instanceof Value.Bool bool ? "\"BOOL\":" + bool.value() : "\"NULL\":true";
  }

  private <T> String all(String open, String close, List<T> parts, Function<T, String> text) {
    Collections.shuffle(parts, random);
    return list(open, close, parts, text);
  }

  private <T> String list(String open, String close, List<T> parts, Function<T, String> text) {
    StringBuilder json = new StringBuilder(open).append(space());
    for (int i = 0; i < parts.size(); i++) {
      json.append(i > 0 ? "," : "").append(text.apply(parts.get(i)));
    }
    return json.append(space()).append(close).toString();
  }

  private String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point < ' ' || point == '"' || point == '\\' || random.nextInt(oddOneIn) == 0) {
                json.append(escaped(point));
              } else {
                json.appendCodePoint(point);
              }
            });
    return json.append('"').toString();
  }

  private String escaped(int point) {
    int brief = "\"\\/\b\f\n\r\t".indexOf(point);
    if (brief >= 0 && random.nextBoolean()) {
      return "\\" + "\"\\/bfnrt".charAt(brief);
    }
    StringBuilder units = new StringBuilder();
    for (char c : Character.toChars(point)) {
      units.append(String.format(random.nextBoolean() ? "\\u%04X" : "\\u%04x", (int) c));
    }
    return units.toString();
  }

  private String space() {
    return random.nextInt(oddOneIn) == 0 ? " \n\t" : "";
  }
}
