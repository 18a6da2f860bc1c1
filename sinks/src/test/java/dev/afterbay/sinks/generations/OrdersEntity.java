package dev.afterbay.sinks.generations;

import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An entity of which there are several definitions. */
public final class OrdersEntity {
  private OrdersEntity() {}

  /** Orders, whose total has a type. */
  public static Entity withTotal(String type) {
    return new Entity(
        "orders",
        Map.of("PK", Template.parse("ORDER#{order_id}", '#')),
        Map.of(),
        Map.of(),
        Set.of(),
        List.of(Column.of("Total", ColumnType.parse(type))),
        true,
        Optional.empty());
  }
}
