package dev.afterbay.benchmarks.stages;

import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The three entities of the measured table, their columns inferred. */
final class MeasuredEntities {
  private MeasuredEntities() {}

  static List<Entity> all() {
    return List.of(
        entity("user_profiles", "USER#{user_id}", "PROFILE"),
        entity("orders", "USER#{user_id}", "ORDER#{order_id}"),
        entity("products", "PRODUCT#{product_id}", "DETAILS"));
  }

  /** What makes raw and typed rows. */
  static RowMaker rows() {
    return new TypedTables(
            Orders.TABLE.name(),
            new ChangesTable(Orders.TABLE.keys()),
            all(),
            Protection.NONE,
            new SchemaLog(new MemoryObjectStore(), new Lake("lake")))
        .rows();
  }

  private static Entity entity(String name, String partitionKey, String sortKey) {
    return new Entity(
        name,
        Map.of("PK", Template.parse(partitionKey, '#'), "SK", Template.parse(sortKey, '#')),
        Map.of(),
        Map.of(),
        Set.of(),
        List.of(),
        true,
        Optional.empty());
  }
}
