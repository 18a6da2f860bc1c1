package dev.afterbay.consumer.catalog;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.typed.EntitySchema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogs of the example configurations that {@code athena-ddl} shows. */
final class ExampleCatalogs {
  private static final KeyAttribute PK = new KeyAttribute("PK", KeyType.S);
  private static final KeyAttribute SK = new KeyAttribute("SK", KeyType.S);

  /** The keys of the tables in them. */
  private static final Map<String, List<KeyAttribute>> KEYS =
      Map.of(
          "E-commerce-Data",
          List.of(PK, SK),
          "TaskApp",
          List.of(PK, SK),
          "Users",
          List.of(new KeyAttribute("UserId", KeyType.S)),
          "Orders",
          List.of(new KeyAttribute("UserId", KeyType.S), new KeyAttribute("OrderId", KeyType.N)),
          "Products",
          List.of(new KeyAttribute("ProductId", KeyType.S)));

  private ExampleCatalogs() {}

  static List<String> names() {
    return List.of("e-commerce-data", "task-app", "multi-table");
  }

  /** The statements of an example, whose lake begins on 2026-11-01. */
  static DdlFiles of(String example) {
    AfterbayConfig config =
        AfterbayConfig.read(Path.of("..", "docs", "examples", example + ".yaml"), Map.of());
    DdlFiles files = new DdlFiles(config.database());
    for (TableConfig table : config.tables()) {
      List<EntitySchema> entities =
          table.entities().stream()
              .filter(entity -> entity.mirrorOf().equals(Optional.empty()))
              .map(entity -> EntitySchema.first(entity.name(), entity.declaredColumns()))
              .toList();
      files.add(
          SourceCatalog.of(
              table.name(), KEYS.getOrDefault(table.name().value(), List.of()), entities),
          new Site(config.lake().toString(), LocalDate.of(2026, 11, 1)));
    }
    return files;
  }
}
