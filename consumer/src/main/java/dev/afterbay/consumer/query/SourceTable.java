package dev.afterbay.consumer.query;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Entity;
import java.util.List;

/**
 * A source table whose tables of the lake can be asked.
 *
 * @param name of the source table
 * @param entities its typed tables, mirrors among them
 */
public record SourceTable(TableName name, List<Entity> entities) {
  /** Copies the entities. */
  public SourceTable {
    entities = List.copyOf(entities);
  }

  /** The tables of a configuration. */
  public static List<SourceTable> of(AfterbayConfig config) {
    return config.tables().stream()
        .map(table -> new SourceTable(table.name(), table.entities()))
        .toList();
  }

  /** A table of which only the raw changes are kept. */
  public static SourceTable raw(TableName name) {
    return new SourceTable(name, List.of());
  }

  /** The entities that have a table of their own. */
  List<Entity> typed() {
    return entities.stream().filter(entity -> entity.mirrorOf().isEmpty()).toList();
  }
}
