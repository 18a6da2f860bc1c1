package dev.afterbay.consumer.preflight;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.transforms.routing.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether the lake has the declared columns as they are declared, or not at all, or knows how to go
 * on without: a noted generation is written by its own definition.
 */
public final class SchemaProbe {
  private final SchemaLog log;

  /** Asks a log of schemas. */
  public SchemaProbe(SchemaLog log) {
    this.log = log;
  }

  /** Throws a {@link Failure} with the way out for every column that the lake has otherwise. */
  public void check(List<TableConfig> tables) {
    List<String> conflicts = new ArrayList<>();
    GenerationNotes generations = log.generations();
    for (TableConfig table : tables) {
      Map<String, Generations> noted =
          table.entities().isEmpty() ? Map.of() : generations.of(table.name());
      for (Entity entity : table.entities()) {
        if (entity.mirrorOf().isEmpty() && !noted.containsKey(entity.name())) {
          conflicts.addAll(log.conflicts(table.name(), entity.name(), entity.declaredColumns()));
        }
      }
    }
    if (!conflicts.isEmpty()) {
      throw new Failure(conflicts);
    }
  }
}
