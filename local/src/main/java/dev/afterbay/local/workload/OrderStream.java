package dev.afterbay.local.workload;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The requests of one thread of a load: an endless, seeded sequence over users that no other thread
 * touches, so that every condition holds.
 */
final class OrderStream {
  private static final int USERS = 20;
  private static final int OPEN_ORDERS = 200;
  private static final int DELETES_IN_100 = 12;
  private static final int UPDATES_IN_100 = 40;
  private static final int NOTE_BYTES = 100;

  private final String table;
  private final int thread;
  private final SplittableRandom random;
  private final List<Order> orders = new ArrayList<>();
  private int placed;

  OrderStream(String table, long seed, int thread) {
    this.table = table;
    this.thread = thread;
    this.random = new SplittableRandom(seed + thread);
  }

  /** The next request; the sequence counts on every earlier one having been sent. */
  Request next() {
    int dice = random.nextInt(100);
    if (orders.isEmpty()) {
      return place();
    }
    int chosen = random.nextInt(orders.size());
    if (dice < DELETES_IN_100 || orders.size() >= OPEN_ORDERS) {
      return delete(orders.remove(chosen));
    }
    Order order = orders.get(chosen);
    if (dice < DELETES_IN_100 + UPDATES_IN_100 && order.canMove()) {
      Order moved = order.moved();
      orders.set(chosen, moved);
      return move(order, moved);
    }
    return place();
  }

  private Request place() {
    String user = "USER#load-%d-%d".formatted(thread, random.nextInt(USERS));
    Order order = new Order(user, "ORDER#g%06d".formatted(placed++), Status.PENDING);
    orders.add(order);
    Map<String, AttributeValue> item = new LinkedHashMap<>(order.key());
    item.put("Status", AttributeValue.fromS(order.status().name()));
    item.put("Total", AttributeValue.fromN(price().toPlainString()));
    item.put("Lines", AttributeValue.fromL(List.of(line(), line())));
    item.put("Gift", AttributeValue.fromBool(random.nextBoolean()));
    item.put("Note", AttributeValue.fromS(note()));
    item.put("Channel", AttributeValue.fromSs(List.of("web", "app-" + random.nextInt(3))));
    return client -> {
      client.putItem(r -> r.tableName(table).item(item));
      return new GeneratedLoad.Result(1, 0, 0);
    };
  }

  private Request move(Order order, Order moved) {
    return client -> {
      client.updateItem(
          r ->
              r.tableName(table)
                  .key(order.key())
                  .updateExpression("SET #s = :to")
                  .conditionExpression("#s = :from")
                  .expressionAttributeNames(Map.of("#s", "Status"))
                  .expressionAttributeValues(
                      Map.of(
                          ":from", AttributeValue.fromS(order.status().name()),
                          ":to", AttributeValue.fromS(moved.status().name()))));
      return new GeneratedLoad.Result(0, 1, 0);
    };
  }

  private Request delete(Order order) {
    return client -> {
      client.deleteItem(r -> r.tableName(table).key(order.key()));
      return new GeneratedLoad.Result(0, 0, 1);
    };
  }

  private AttributeValue line() {
    return AttributeValue.fromM(
        Map.of(
            "Product", AttributeValue.fromS("PRODUCT#" + random.nextInt(500)),
            "Quantity", AttributeValue.fromN(Integer.toString(1 + random.nextInt(5))),
            "Price", AttributeValue.fromN(price().toPlainString())));
  }

  private BigDecimal price() {
    return BigDecimal.valueOf(100 + random.nextInt(50_000), 2);
  }

  private String note() {
    byte[] bytes = new byte[NOTE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A prepared request. */
  interface Request {
    GeneratedLoad.Result send(DynamoDbClient client);
  }

  private enum Status {
    PENDING,
    PAID,
    SHIPPED
  }

  private record Order(String user, String id, Status status) {
    boolean canMove() {
      return status != Status.SHIPPED;
    }

    Order moved() {
      return new Order(user, id, Status.values()[status.ordinal() + 1]);
    }

    Map<String, AttributeValue> key() {
      return Map.of("PK", AttributeValue.fromS(user), "SK", AttributeValue.fromS(id));
    }
  }
}
