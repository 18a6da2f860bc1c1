package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.CatalogColumn;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.segment.LakeTable.Partitioning;
import dev.afterbay.transforms.change.TableName;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A catalog of one source table, {@code Shop}, with one entity. */
final class Shop {
  static final String DATABASE = "shop_db";
  static final Site SITE = new Site("s3://bucket/lake", LocalDate.parse("2026-11-19"));

  private Shop() {}

  /** With orders of these columns. */
  static SitedCatalog withOrders(String... columns) {
    return withOrders(SITE, columns);
  }

  static SitedCatalog withOrders(Site site, String... columns) {
    String select = "SELECT " + String.join(", ", columns) + " FROM orders";
    return new SitedCatalog(
        new SourceCatalog(
            new TableName("Shop"),
            List.of(table("shop_changes", "shop/changes", "cdc_op"), orders(columns)),
            List.of(
                new CatalogView("orders_current", "Now", select),
                new CatalogView("orders_removed", "Gone", select + " WHERE gone")),
            List.of(new PreparedQuery("orders_as_of", "Then", "time", select + " WHERE t <= ?"))),
        site);
  }

  static CatalogTable orders(String... columns) {
    return table("orders", "shop/orders", columns);
  }

  static CatalogTable table(String name, String path, String... columns) {
    return new CatalogTable(
        name,
        path,
        "All of " + name,
        CatalogTable.Format.PARQUET,
        Arrays.stream(columns)
            .map(
                column ->
                    new CatalogColumn(column, Schema.create(Schema.Type.STRING), "The " + column))
            .toList(),
        Optional.of(Partitioning.BY_HOUR));
  }
}
