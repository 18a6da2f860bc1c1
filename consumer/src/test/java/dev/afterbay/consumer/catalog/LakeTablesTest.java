package dev.afterbay.consumer.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.sinks.catalog.CatalogColumn;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.generations.Definition;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LakeTablesTest {
  private static final TableName SHOP = new TableName("My-Shop");
  private static final Lake LAKE = new Lake("lake");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T00:10:00Z"));

  @TempDir private Path dir;
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final SchemaLog schemas = new SchemaLog(store, LAKE);
  private AfterbayConfig config;

  @BeforeEach
  void aShopWithOrdersAndTheirMirror() throws IOException {
    config =
        AfterbayConfig.read(
            Files.writeString(
                dir.resolve("afterbay.yaml"),
                """
                application: shop
                region: us-east-1
                lake: s3://bucket/lake
                tables:
                  - name: My-Shop
                    entities:
                      - { name: orders, match: { PK: "ORDER#{id}" } }
                      - { name: fans, match: { PK: "FAN#{id}" }, mirror-of: orders }
                """),
            Map.of());
  }

  @Test
  void theNewestSchemasOfAllTypedTablesAreModelled() {
    schemas.declare(SHOP, "orders", List.of(column("a")));
    LakeTables tables = tables();

    List<String> before = columns(tables.get());
    schemas.grow(SHOP, "orders", List.of(column("b")));
    List<String> after = columns(tables.get());

    assertThat(before).contains("a").doesNotContain("b");
    assertThat(after).contains("a", "b");
  }

  @Test
  void aTableThatWasMadeAnewIsModelledOnceItIsTheOneToAsk() {
    schemas.declare(SHOP, "orders", List.of(column("a")));
    GenerationNotes notes = schemas.generations();
    Generation second =
        notes.publish(
            new Generation(
                SHOP,
                2,
                new Definition(
                    new Entity(
                        "orders",
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        List.of(column("b")),
                        true,
                        Optional.empty()),
                    Map.of()),
                Generation.Coverage.WHOLE,
                Optional.empty()));
    schemas.declare(SHOP, second.folder(), List.of(column("b")));
    notes.publish(
        new Generation(
            SHOP, 1, second.definition(), Generation.Coverage.UNKNOWN, Optional.empty()));
    LakeTables tables = tables();

    List<String> before = paths(tables);
    Object known = tables.beyond();
    notes.makeCurrent(second, Instant.parse("2026-11-21T05:00:00Z"));

    assertThat(before).contains("my_shop/orders", "my_shop/orders_snapshots");
    assertThat(paths(tables)).contains("my_shop/orders__g2", "my_shop/orders__g2_snapshots");
    assertThat(columns(tables.get())).contains("b").doesNotContain("a");
    assertThat(names(tables)).contains("orders", "orders_snapshots");
    assertThat(tables.beyond()).isNotEqualTo(known);
  }

  private static List<String> paths(LakeTables tables) {
    return tables.get().get(0).catalog().tables().stream().map(CatalogTable::path).toList();
  }

  private static List<String> names(LakeTables tables) {
    return tables.get().get(0).catalog().tables().stream().map(CatalogTable::name).toList();
  }

  @ParameterizedTest
  @CsvSource({
    // nothing yet: what a stream may still hold
    "'', 2026-11-19",
    "lake/my_shop/changes/dt=2026-11-21/hh=00/x.parquet, 2026-11-19",
    "lake/my_shop/changes/dt=2025-01-31/hh=07/x.parquet, 2025-01-31",
    "lake/my_shop/changes/dt=soon/x.parquet, 2026-11-19",
    "lake/my_shop/changes/dt=, 2026-11-19",
    "lake/my_shop/orders/dt=2025-01-31/hh=07/x.parquet, 2026-11-19",
    "lake/my_shop/quarantine/dt=1970-01-01/x.parquet, 2026-11-19"
  })
  void theFirstDayIsThatOfTheOldestChanges(String file, LocalDate since) {
    if (!file.isEmpty()) {
      store.putIfAbsent(new ObjectKey(file), new byte[1]);
      store.putIfAbsent(
          new ObjectKey("lake/my_shop/changes/dt=2026-11-20/hh=00/y.parquet"), new byte[1]);
    }

    List<SitedCatalog> sited = tables().get();

    assertThat(sited)
        .singleElement()
        .satisfies(
            shop -> {
              assertThat(shop.site().lake()).isEqualTo("s3://bucket/lake");
              assertThat(shop.site().since()).isEqualTo(since);
            });
  }

  @Test
  void aKeyThatCannotBeAColumnIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> tables("a,b").get())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'a,b'")
        .hasMessageContaining("'catalog: none'");
  }

  private LakeTables tables() {
    return tables("PK");
  }

  private LakeTables tables(String key) {
    return LakeTables.of(
        config, Map.of(SHOP, List.of(new KeyAttribute(key, KeyType.S))), store, LAKE, CLOCK);
  }

  private static List<String> columns(List<SitedCatalog> sited) {
    return sited.get(0).catalog().tables().stream()
        .filter(table -> table.name().equals("orders"))
        .flatMap(table -> table.columns().stream())
        .map(CatalogColumn::name)
        .toList();
  }

  private static Column column(String name) {
    return Column.of(name, ColumnType.parse("string"));
  }
}
