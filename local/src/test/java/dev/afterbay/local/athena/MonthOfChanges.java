package dev.afterbay.local.athena;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Image;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a shop and of a task app over some days, two busy hours each day. The same seed
 * and first day make the same changes.
 */
final class MonthOfChanges {
  /** The hours of a day, UTC, in which something happens. */
  static final List<Integer> HOURS = List.of(9, 17);

  private static final List<String> STATES = List.of("PENDING", "PAID", "SHIPPED");
  private static final int USERS = 8;
  private static final int PRODUCTS = 6;

  private final Random random;
  private final Table shop = new Table();
  private final Table tasks = new Table();
  private Instant now = Instant.EPOCH;
  private int orders;
  private int taskNumber;
  private long sequence = 100;

  MonthOfChanges(long seed) {
    this.random = new Random(seed);
  }

  /** Changes of one table, and its items. */
  private final class Table {
    private final Map<String, Map<String, String>> items = new LinkedHashMap<>();
    private final List<ChangeEvent> made = new ArrayList<>();

    /** Changes attributes, in DynamoDB JSON each; one of no value goes away. */
    void put(String partition, String sort, Map<String, String> attributes) {
      String key = keys(partition, sort);
      Map<String, String> before = items.get(key);
      Map<String, String> after = new LinkedHashMap<>(before == null ? Map.of() : before);
      after.put("PK", s(partition));
      after.put("SK", s(sort));
      after.putAll(attributes);
      if (after.equals(before)) {
        return;
      }
      items.put(key, after);
      add(before == null ? Operation.INSERT : Operation.MODIFY, key, after, before, false);
    }

    void remove(String partition, String sort, boolean byTtl) {
      String key = keys(partition, sort);
      Map<String, String> before = items.remove(key);
      if (before != null) {
        add(Operation.REMOVE, key, null, before, byTtl);
      }
    }

    List<String[]> having(String sortPrefix, String attribute, String value) {
      return items.values().stream()
          .filter(item -> text(item, "SK").startsWith(sortPrefix))
          .filter(item -> item.getOrDefault(attribute, "").equals(s(value)))
          .map(item -> new String[] {text(item, "PK"), text(item, "SK")})
          .toList();
    }

    private void add(
        Operation operation,
        String key,
        @Nullable Map<String, String> after,
        @Nullable Map<String, String> before,
        boolean byTtl) {
      sequence += 1 + random.nextInt(1_000);
      made.add(
          new ChangeEvent(
              operation,
              now,
              SequenceNumber.parse(Long.toString(sequence)),
              "event-" + sequence,
              byTtl,
              Image.parse(key),
              after == null ? null : Image.parse(json(after)),
              before == null ? null : Image.parse(json(before))));
    }
  }

  /** Receives what happened in an hour. */
  interface Hours {
    void happened(Instant hour, List<ChangeEvent> shop, List<ChangeEvent> tasks);
  }

  /** Tells hour by hour what happened. */
  void over(LocalDate first, int days, Hours hours) {
    for (int day = 0; day < days; day++) {
      for (int hour : HOURS) {
        Instant begin = first.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        now = begin.plusSeconds(hour * 3_600L);
        Instant end = now.plusSeconds(3_599);
        if (day == 0 && hour == HOURS.get(0)) {
          begin();
        }
        while (now.isBefore(end)) {
          act();
          now = now.plusSeconds(random.nextInt(280));
        }
        hours.happened(
            begin.plusSeconds(hour * 3_600L), List.copyOf(shop.made), List.copyOf(tasks.made));
        shop.made.clear();
        tasks.made.clear();
      }
    }
  }

  private void begin() {
    for (int user = 0; user < USERS; user++) {
      shop.put(
          user(user),
          "PROFILE",
          Map.of(
              "Name", s("User " + user),
              "Email", s("u" + user + "@example.com"),
              "Newsletter", "{\"BOOL\":" + (user % 2 == 0) + "}",
              "CreatedAt", s(now.toString())));
      tasks.put(user(user), "PROFILE", Map.of("Name", s("User " + user)));
    }
    for (int product = 0; product < PRODUCTS; product++) {
      shop.put(
          "PRODUCT#p" + product,
          "DETAILS",
          Map.of(
              "Title", s("Product " + product),
              "Price", n("1" + product + ".50"),
              "Stock", n("100"),
              "Tags", "{\"SS\":[\"new\",\"t" + product + "\"]}"));
    }
  }

  private void act() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> order();
      case 3, 4 -> advance();
      case 5 -> cancel();
      case 6 -> product();
      case 7 -> wish();
      case 8 -> task();
      default -> session();
    }
  }

  private void order() {
    String date = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    int product = random.nextInt(PRODUCTS);
    int quantity = 1 + random.nextInt(4);
    shop.put(
        user(random.nextInt(USERS)),
        "ORDER#o" + ++orders,
        Map.of(
            "Status",
            s("PENDING"),
            "Total",
            n(String.format(Locale.ROOT, "%d.%02d", random.nextInt(500), random.nextInt(100))),
            "CreatedAt",
            s(date),
            "Lines",
            ("{\"L\":[{\"M\":{\"Product\":{\"S\":\"p%d\"},\"Quantity\":{\"N\":\"%d\"},"
                    + "\"Price\":{\"N\":\"1%d.50\"}}}]}")
                .formatted(product, quantity, product)));
  }

  private void advance() {
    String state = STATES.get(random.nextInt(2));
    any(
        shop.having("ORDER#", "Status", state),
        order -> {
          String next = STATES.get(STATES.indexOf(state) + 1);
          Map<String, String> change = new HashMap<>();
          change.put("Status", s(next));
          change.put(
              "PAID".equals(next) ? "PaidAt" : "ShippedAt",
              s(LocalDate.ofInstant(now, ZoneOffset.UTC).toString()));
          shop.put(order[0], order[1], change);
        });
  }

  private void cancel() {
    any(
        shop.having("ORDER#", "Status", "PENDING"),
        order -> shop.remove(order[0], order[1], false));
  }

  private void product() {
    shop.put(
        "PRODUCT#p" + random.nextInt(PRODUCTS),
        "DETAILS",
        Map.of("Stock", n(Integer.toString(random.nextInt(200)))));
  }

  private void wish() {
    String user = user(random.nextInt(USERS));
    String product = "PRODUCT#p" + random.nextInt(PRODUCTS);
    Map<String, String> added = Map.of("AddedAt", s(now.toString()));
    shop.put(user, product, added);
    shop.put(product, user, added);
  }

  private void task() {
    if (random.nextInt(3) > 0) {
      tasks.put(
          user(random.nextInt(USERS)),
          "TASK#t" + ++taskNumber,
          Map.of(
              "Title", s("Task " + taskNumber),
              "Status", s("OPEN"),
              "Due", s(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(3).toString()),
              "Version", n("1"),
              "Labels", "{\"SS\":[\"home\"]}"));
    } else {
      any(
          tasks.having("TASK#", "Status", "OPEN"),
          task -> tasks.put(task[0], task[1], Map.of("Status", s("DONE"), "Version", n("2"))));
    }
  }

  private void session() {
    List<String[]> open = tasks.having("SESSION#", "Device", "phone");
    if (open.size() > 5) {
      any(open, session -> tasks.remove(session[0], session[1], true));
    } else {
      tasks.put(
          user(random.nextInt(USERS)),
          "SESSION#" + now.getEpochSecond(),
          Map.of(
              "Device", s("phone"), "ExpiresAt", n(Long.toString(now.getEpochSecond() + 86_400))));
    }
  }

  private void any(List<String[]> choice, Consumer<String[]> act) {
    if (!choice.isEmpty()) {
      act.accept(choice.get(random.nextInt(choice.size())));
    }
  }

  private static String user(int number) {
    return "USER#u" + number;
  }

  private static String s(String text) {
    return "{\"S\":\"" + text + "\"}";
  }

  private static String n(String number) {
    return "{\"N\":\"" + number + "\"}";
  }

  private static String text(Map<String, String> item, String attribute) {
    return item.getOrDefault(attribute, s("")).replaceAll("\\{\"S\":\"(.*)\"}", "$1");
  }

  private static String keys(String partition, String sort) {
    return "{\"PK\":" + s(partition) + ",\"SK\":" + s(sort) + "}";
  }

  private static String json(Map<String, String> item) {
    StringBuilder json = new StringBuilder("{");
    item.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return json.append('}').toString();
  }
}
