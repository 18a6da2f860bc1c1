package dev.afterbay.sinks.toparquet;

import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.RandomItems;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Arbitrary entities, with columns of every type, and items of theirs: most values are of their
 * column's type, some at its edges, others are anything.
 */
final class RandomTyped {
  /** Attributes that may have a column; some share one name, some cannot have any. */
  private static final List<String> ATTRIBUTES =
      List.of(
          "Total",
          "total",
          "CreatedAt",
          "Lines",
          "zip-code",
          "zip_code",
          "1st",
          "Tags",
          "Address",
          "Count",
          "x",
          "y",
          "z",
          "é",
          "cdc_mine",
          "dt",
          "a0",
          "a1",
          "a2",
          "a3");

  /** A column's type, and values most of which it holds. */
  private record Kind(String type, Supplier<Value> values) {}

  private final SplittableRandom random;
  private final RandomItems items;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Entity entity;

  RandomTyped(long seed) {
    this.random = new SplittableRandom(seed);
    this.items = RandomItems.seeded(seed);
    for (String attribute : ATTRIBUTES) {
      kinds.put(attribute, kind(3));
    }
    this.entity = randomEntity();
  }

  Entity entity() {
    return entity;
  }

  /** Columns that somebody may declare later. */
  List<Column> laterColumns() {
    return List.of(column("x"), column("a0"), column("Address"));
  }

  /** The key attributes of an item. */
  static Image keys(Item item) {
    Map<String, Value> keys = new HashMap<>(item.attributes());
    keys.keySet().retainAll(Set.of("PK", "SK"));
    return Image.of(new Item(keys));
  }

  /** An item of the entity. */
  Item item() {
    Map<String, Value> attributes = new HashMap<>();
    if (random.nextInt(3) == 0) {
      attributes.putAll(items.next().attributes());
    }
    kinds.forEach(
        (attribute, kind) -> {
          int choice = random.nextInt(10);
          if (choice < 7) {
            attributes.put(attribute, kind.values().get());
          } else if (choice < 8) {
            attributes.put(attribute, items.value(2));
          }
        });
    attributes.put("PK", new Value.S("USER#" + word()));
    attributes.put("SK", sortKey());
    templated(attributes, "GSI1PK", "STATUS#" + word() + (oneOf(4) ? "#" + word() : ""));
    templated(attributes, "GSI1SK", oneOf(4) ? "DUE#" + word() : "DUE#" + day());
    templated(attributes, "GSI2PK", "omitted");
    return new Item(attributes);
  }

  private void templated(Map<String, Value> attributes, String name, String text) {
    int choice = random.nextInt(10);
    if (choice < 6) {
      attributes.put(name, new Value.S(text));
    } else if (choice < 8) {
      attributes.put(name, items.value(1));
    }
  }

  private Value sortKey() {
    Template template = entity.match().get("SK");
    if (template != null && template.text().startsWith("{n")) {
      return new Value.N(oneOf(3) ? items.number() : Long.toString(random.nextLong()));
    }
    String id = oneOf(4) ? "0" + random.nextInt(99) : Long.toString(random.nextLong());
    return new Value.S("ORDER#" + id + (template == null || oneOf(2) ? "" : "#" + items.text()));
  }

  private Entity randomEntity() {
    Map<String, Template> match = new LinkedHashMap<>();
    switch (random.nextInt(4)) {
      case 0 -> match.put("PK", template("USER#{user_id}"));
      case 1 -> {
        match.put("PK", template("USER#{user_id}"));
        match.put("SK", template("{number:decimal(38,4)}"));
      }
      case 2 -> {
        match.put("PK", template("{all*}"));
        match.put("SK", template("ORDER#{order_id:long}#{rest*}"));
      }
      default -> {}
    }
    List<Column> columns = new ArrayList<>();
    for (String attribute : List.of("Total", "CreatedAt", "Lines", "zip-code", "Tags", "Count")) {
      if (!oneOf(5)) {
        columns.add(column(attribute));
      }
    }
    return new Entity(
        "orders",
        match,
        Map.of(),
        oneOf(3)
            ? Map.of()
            : Map.of("GSI1PK", template("STATUS#{status}"), "GSI1SK", template("DUE#{due:date}")),
        Set.of("GSI2PK"),
        columns,
        true,
        Optional.empty());
  }

  private static Template template(String text) {
    return Template.parse(text, '#');
  }

  private Column column(String attribute) {
    Kind kind = kinds.get(attribute);
    return Column.of(attribute, ColumnType.parse(kind == null ? "json" : kind.type()));
  }

  private Kind kind(int levels) {
    return switch (random.nextInt(levels > 0 ? 20 : 15)) {
      case 0 -> new Kind("string", () -> new Value.S(items.text()));
      case 1 -> new Kind("boolean", () -> new Value.Bool(random.nextBoolean()));
      case 2 -> new Kind("int", () -> number(whole(Integer.SIZE)));
      case 3 -> new Kind("bigint", () -> number(whole(Long.SIZE)));
      case 4 -> new Kind("double", () -> new Value.N(sensibleDouble()));
      case 5, 6 -> decimal();
      case 7 -> new Kind("date", () -> new Value.S(day()));
      case 8 -> new Kind("binary", () -> new Value.B(items.bytes()));
      case 9 -> new Kind("timestamp", () -> new Value.S(instant()));
      case 10 -> new Kind("timestamp(millis-iso)", () -> new Value.S(instant()));
      case 11 -> new Kind("timestamp(local)", () -> new Value.S(local()));
      case 12 -> new Kind("timestamp(seconds)", () -> number(epoch(6)));
      case 13 -> new Kind("timestamp(millis)", () -> number(epoch(3)));
      case 14 -> set();
      case 15, 16 -> {
        Kind element = kind(levels - 1);
        yield new Kind(
            "array<" + element.type() + ">",
            () -> new Value.L(several(random.nextInt(4), element.values())));
      }
      case 17 -> {
        Kind values = kind(levels - 1);
        yield new Kind("map<string," + values.type() + ">", () -> map(values));
      }
      case 18 -> struct(levels);
      default -> new Kind("json", () -> items.value(2));
    };
  }

  private Kind decimal() {
    int precision = 1 + random.nextInt(38);
    int scale = random.nextInt(precision + 1);
    return new Kind(
        "decimal(" + precision + "," + scale + ")",
        () -> {
          BigInteger digits = new BigInteger(items(precision));
          return number(new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale));
        });
  }

  /** So many digits or fewer. */
  private String items(int most) {
    return IntStream.range(0, 1 + random.nextInt(most))
        .mapToObj(i -> Integer.toString(random.nextInt(10)))
        .collect(Collectors.joining());
  }

  private Kind set() {
    return switch (random.nextInt(4)) {
      case 0 -> new Kind("set<string>", () -> new Value.SS(distinct(items::text)));
      case 1 -> new Kind("set<binary>", () -> new Value.BS(distinct(items::bytes)));
      case 2 ->
          new Kind(
              "set<bigint>", () -> new Value.NS(distinct(() -> whole(Long.SIZE).toPlainString())));
      default ->
          new Kind(
              "set<decimal(20,3)>",
              () ->
                  new Value.NS(
                      distinct(
                          () -> BigDecimal.valueOf(random.nextInt(9_999), 3).toPlainString())));
    };
  }

  private Value map(Kind values) {
    Map<String, Value> map = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(items.text(), values.values().get());
    }
    return new Value.M(new Item(map));
  }

  private Kind struct(int levels) {
    Map<String, Kind> fields = new LinkedHashMap<>();
    for (String name : List.of("element", "key", "list", "a_1").subList(0, 1 + random.nextInt(4))) {
      fields.put(name, kind(levels - 1));
    }
    return new Kind(
        fields.entrySet().stream()
            .map(field -> field.getKey() + ": " + field.getValue().type())
            .collect(Collectors.joining(", ", "struct<", ">")),
        () -> {
          Map<String, Value> map = new HashMap<>();
          fields.forEach(
              (name, kind) -> {
                if (!oneOf(4)) {
                  map.put(name, kind.values().get());
                }
              });
          return new Value.M(new Item(map));
        });
  }

  private BigDecimal whole(int bits) {
    long number = random.nextLong() >> (64 - bits);
    return switch (random.nextInt(8)) {
      case 0 -> BigDecimal.valueOf(number >> bits / 2);
      case 1 -> BigDecimal.ONE.scaleByPowerOfTen(random.nextInt(20));
      case 2 -> new BigDecimal(BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE));
      default -> BigDecimal.valueOf(number);
    };
  }

  private String sensibleDouble() {
    double number = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-20, 20));
    return new BigDecimal(Double.toString(number)).toPlainString();
  }

  private String day() {
    return LocalDate.ofEpochDay(random.nextInt(-700_000, 2_900_000)).toString();
  }

  private String instant() {
    Instant time =
        Instant.EPOCH.plus(
            random.nextLong(-4_000_000_000_000_000L, 9_000_000_000_000_000L), ChronoUnit.MICROS);
    return switch (random.nextInt(6)) {
      case 0 -> time.truncatedTo(ChronoUnit.SECONDS).toString();
      case 1, 2 -> time.truncatedTo(ChronoUnit.MILLIS).toString();
      case 3 -> time.toString().replace("Z", "+02:00");
      case 4 -> time.plusNanos(7).toString();
      default -> time.toString();
    };
  }

  private String local() {
    return instant().replace("Z", "");
  }

  private BigDecimal epoch(int scale) {
    long micros = random.nextLong(-60_000_000_000_000_000L, 250_000_000_000_000_000L);
    return BigDecimal.valueOf(oneOf(2) ? micros / 1_000_000 * 1_000_000 : micros, scale);
  }

  private static Value number(BigDecimal number) {
    return new Value.N(number.toPlainString());
  }

  private <T extends Comparable<T>> List<T> distinct(Supplier<T> member) {
    Map<T, T> members = new TreeMap<>();
    several(1 + random.nextInt(3), member).forEach(each -> members.put(each, each));
    return List.copyOf(members.keySet());
  }

  private static <T> List<T> several(int count, Supplier<T> element) {
    return IntStream.range(0, count).mapToObj(i -> element.get()).toList();
  }

  private String word() {
    return oneOf(8) ? items.text() : "w" + random.nextInt(1_000);
  }

  private boolean oneOf(int chances) {
    return random.nextInt(chances) == 0;
  }
}
