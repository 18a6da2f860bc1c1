package dev.afterbay.consumer.preflight;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.transforms.routing.Entity;
import java.util.ArrayList;
import java.util.List;

/** Whether the lake has the declared columns as they are declared, or not at all. */
public final class SchemaProbe {
  private final SchemaLog log;

  /** Asks a log of schemas. */
  public SchemaProbe(SchemaLog log) {
    this.log = log;
  }

  /** Throws a {@link Failure} with the way out for every column that the lake has otherwise. */
  public void check(List<TableConfig> tables) {
    List<String> conflicts = new ArrayList<>();
    for (TableConfig table : tables) {
      for (Entity entity : table.entities()) {
        if (entity.mirrorOf().isEmpty()) {
          conflicts.addAll(log.conflicts(table.name(), entity.name(), entity.declaredColumns()));
        }
      }
    }
    if (!conflicts.isEmpty()) {
      throw new Failure(conflicts);
    }
  }
}
