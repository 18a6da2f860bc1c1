package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.catalog.Site;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegisteredTablesTest {
  private static final String LAKE = "s3://bucket/lake";

  private final MemoryCatalog catalog = new MemoryCatalog();
  private final RegisteredTables tables = new RegisteredTables(catalog, "shop", LAKE);

  @BeforeEach
  void aDatabase() {
    catalog.createDatabase("shop");
  }

  @Test
  void aTableThatIsNotThereIsRefusedWithTheWayOut() {
    assertThatExceptionOfType(CatalogException.class)
        .isThrownBy(() -> tables.require("orders"))
        .withMessage(
            "The catalog's database 'shop' does not have the table 'orders'; a worker registers it"
                + " when it starts ('afterbay run'), or run what 'afterbay ddl' prints in Athena");
  }

  @Test
  void aTableOfAnotherLakeIsRefused() {
    catalog.create("shop", table("orders", "s3://bucket/other", Map.of()));

    assertThatExceptionOfType(CatalogException.class)
        .isThrownBy(() -> tables.require("orders"))
        .withMessageContaining("belongs to another lake, s3://bucket/other");
  }

  @Test
  void aTableIsMadeOnceAndRefusedIfItIsAnotherOne() {
    TableDefinition wanted = table("sources", LAKE, Map.of());

    tables.ensure(wanted);
    tables.ensure(wanted);

    assertThat(tables.require("sources").columns()).isEqualTo(wanted.columns());
    TableDefinition other =
        new TableDefinition(
            "sources",
            "",
            wanted.location(),
            Format.PARQUET,
            List.of(new TableColumn("k1", "binary", "")),
            List.of(),
            wanted.parameters());
    assertThatExceptionOfType(CatalogException.class)
        .isThrownBy(() -> tables.ensure(other))
        .withMessageContaining("drop it from the catalog");
  }

  @Test
  void aTableTellsWhichPartitionsEnginesLookFor() {
    tables.ensure(
        table(
            "orders",
            LAKE,
            Map.of(
                "projection.dt.range",
                "2026-11-19,NOW",
                Site.SNAPSHOTS,
                "20261120T000000Z,other")));

    CatalogEntry orders = tables.require("orders");

    assertThat(orders.hasDay(LocalDate.of(2026, 11, 19))).isTrue();
    assertThat(orders.hasDay(LocalDate.of(2026, 11, 18))).isFalse();
    assertThat(orders.hasSnapshot("20261120T000000Z")).isTrue();
    assertThat(orders.hasSnapshot("20261120T")).isFalse();
  }

  private static TableDefinition table(String name, String lake, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put(Site.OWNER, lake);
    return new TableDefinition(
        name,
        "",
        lake + "/" + name + "/",
        Format.PARQUET,
        List.of(new TableColumn("k1", "string", "")),
        List.of(),
        all);
  }
}
