package dev.afterbay.transforms.image;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Arbitrary items, the same ones for the same seed: every type, sets, empties, awkward texts,
 * numbers with 38 digits and at both ends of the range.
 */
public final class RandomItems {
  private static final List<String> EDGE_NUMBERS =
      List.of(
          "0",
          "-0",
          "0E50",
          "1E-130",
          "-1E-130",
          "9.9999999999999999999999999999999999999E+125",
          "-9.9999999999999999999999999999999999999E+125",
          "1.2345678901234567890123456789012345678E-130",
          "99999999999999999999999999999999999999",
          "-99999999999999999999999999999999999999",
          "0.99999999999999999999999999999999999999",
          "12345678901234567890.123456789012345678",
          "1E125",
          "100");

  private static final List<String> EDGE_TEXTS =
      List.of(
          "",
          " ",
          "\"",
          "\\",
          "\\u0000",
          "\u0000\u0001\u001f\u007f\u0080",
          "\b\f\n\r\t",
          "{\"S\":\"x\"}",
          "\u2028\u2029\ufeff\uffff",
          "e\u0301 \u00e9",
          "\ud83d\udc69\u200d\ud83d\ude80",
          "\udbff\udfff",
          "null",
          "PK");

  private final SplittableRandom random;

  private RandomItems(SplittableRandom random) {
    this.random = random;
  }

  /** A generator whose items depend on the seed alone. */
  public static RandomItems seeded(long seed) {
    return new RandomItems(new SplittableRandom(seed));
  }

  /** An item of some attributes, nested a few levels deep at most. */
  public Item next() {
    return item(3);
  }

  /** An item with a value 32 levels deep, as deep as DynamoDB nests. */
  public Item deep() {
    Value value = scalar();
    for (int level = 1; level < 32; level++) {
      value =
          random.nextBoolean()
              ? new Value.L(List.of(scalar(), value))
              : new Value.M(new Item(Map.of("x" + name(), value, "", scalar())));
    }
    return new Item(Map.of(name(), value));
  }

  /** An item of nearly 400 KB, as large as DynamoDB holds. */
  public Item large() {
    Map<String, Value> attributes = new HashMap<>(item(3).attributes());
    attributes.put("n".repeat(60_000), new Value.Null());
    attributes.put("text", new Value.S("x\u00e9\n".repeat(30_000)));
    byte[] bytes = new byte[120_000];
    random.nextBytes(bytes);
    attributes.put("bytes", new Value.B(Bytes.of(bytes)));
    attributes.put("list", new Value.L(several(3_000, this::scalar)));
    return new Item(attributes);
  }

  /** A value of any type, nested at most as many levels as given. */
  public Value value(int levels) {
    int kind = random.nextInt(levels > 0 ? 12 : 9);
    return switch (kind) {
      case 9, 10 -> new Value.M(item(levels - 1));
      case 11 -> new Value.L(several(random.nextInt(5), () -> value(levels - 1)));
      default -> scalarOrSet(kind);
    };
  }

  /** A well-formed text, possibly empty. */
  public String text() {
    if (random.nextInt(3) == 0) {
      return EDGE_TEXTS.get(random.nextInt(EDGE_TEXTS.size()));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(codePoint());
    }
    return text.toString();
  }

  /** A number in any spelling that DynamoDB takes. */
  public String number() {
    return switch (random.nextInt(4)) {
      case 0 -> EDGE_NUMBERS.get(random.nextInt(EDGE_NUMBERS.size()));
      case 1 -> Integer.toString(random.nextInt(-1000, 1000));
      case 2 -> sign() + digits(38) + "E" + random.nextInt(-167, 88);
      default -> sign() + digits(1 + random.nextInt(19)) + "." + digits(1 + random.nextInt(19));
    };
  }

  /** Some bytes, possibly none. */
  public Bytes bytes() {
    byte[] bytes = new byte[random.nextInt(8)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private Item item(int levels) {
    Map<String, Value> attributes = new HashMap<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      attributes.put(name(), value(levels));
    }
    return new Item(attributes);
  }

  private Value scalar() {
    return scalarOrSet(random.nextInt(6));
  }

  private Value scalarOrSet(int kind) {
    return switch (kind) {
      case 0, 1 -> new Value.S(text());
      case 2 -> new Value.N(number());
      case 3 -> new Value.B(bytes());
      case 4 -> new Value.Bool(random.nextBoolean());
      case 5 -> new Value.Null();
      case 6 -> new Value.SS(distinct(this::text, Comparator.naturalOrder()));
      case 7 -> new Value.NS(distinct(this::number, Comparator.comparing(BigDecimal::new)));
      default -> new Value.BS(distinct(this::bytes, Comparator.naturalOrder()));
    };
  }

  private <T> List<T> distinct(Supplier<T> member, Comparator<T> order) {
    Map<T, T> members = new TreeMap<>(order);
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      T next = member.get();
      members.put(next, next);
    }
    return List.copyOf(members.keySet());
  }

  private static <T> List<T> several(int count, Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(element.get());
    }
    return elements;
  }

  private String name() {
    return random.nextInt(4) == 0 ? text() : "a" + random.nextInt(40);
  }

  private int codePoint() {
    int bound = random.nextInt(3) == 0 ? Character.MAX_CODE_POINT + 1 : 0x250;
    int point = random.nextInt(bound);
    return Character.getType(point) == Character.SURROGATE ? 'x' : point;
  }

  private String sign() {
    return random.nextInt(3) == 0 ? "-" : "";
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder().append((char) ('1' + random.nextInt(9)));
    while (digits.length() < count) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
