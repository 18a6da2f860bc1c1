package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.generations.Definition;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.Generation.Coverage;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection.Rule;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The generation that a rederivation of an entity is about. */
public final class RederivedEntity {
  private final GenerationNotes notes;
  private final SchemaLog schemas;
  private final InstantSource clock;
  private final TableName table;
  private final Definition wanted;

  /**
   * An entity as it is to be.
   *
   * @param schemas the schema log of the lake
   */
  public RederivedEntity(
      SchemaLog schemas, InstantSource clock, TableName table, Definition wanted) {
    this.notes = schemas.generations();
    this.schemas = schemas;
    this.clock = clock;
    this.table = table;
    this.wanted = wanted;
  }

  /**
   * The generation to build: the one that was begun with the same definition; the current one if it
   * has that definition, to be held against the logs again; or a new one, which is noted.
   *
   * @throws LakeException if there is nothing to build, or another process builds something else
   */
  public Generation begin() {
    Generations noted = notes.of(table, entity());
    Optional<Generation> begun =
        noted.building().filter(building -> building.definition().isLike(wanted));
    if (begun.isPresent()) {
      return begun.get();
    }
    Optional<Generation> current =
        noted.current().filter(generation -> generation.definition().isLike(wanted));
    if (current.filter(generation -> generation.number() > 1).isPresent()
        && noted.building().isEmpty()) {
      return current.get();
    }
    if (current.filter(generation -> generation.coverage() == Coverage.WHOLE).isPresent()
        && current.get().number() == 1) {
      throw new LakeException(
          "The typed table '"
              + entity()
              + "' of "
              + table
              + " is defined in the configuration as the lake has it from its first change on:"
              + " there is nothing to rederive. Change the definition first, in the configuration");
    }
    if (noted.all().isEmpty()) {
      noteFirst();
    }
    return published(new Generation(table, next(noted), wanted, Coverage.WHOLE, now()));
  }

  private Optional<Instant> now() {
    return Optional.of(clock.instant());
  }

  /** The first number is that of the table which workers begin by themselves. */
  private static int next(Generations noted) {
    return noted.all().stream().mapToInt(Generation::number).max().orElse(1) + 1;
  }

  private Generation published(Generation generation) {
    Generation standing = notes.publish(generation);
    if (!standing.definition().isLike(wanted)) {
      throw new LakeException(
          "Another process has just begun to rederive '"
              + entity()
              + "' of "
              + table
              + " by another definition; see that all have the same configuration, then repeat the"
              + " command");
    }
    return standing;
  }

  /**
   * A lake of before there were notes may have a table of the entity. So that workers go on with it
   * meanwhile, it is noted as it is now, unless what it is cannot be told from its columns.
   */
  private void noteFirst() {
    Optional<EntitySchema> newest = schemas.newest(table, entity());
    if (newest.isEmpty()) {
      return;
    }
    Map<String, Column> had =
        newest.get().columns().stream()
            .collect(Collectors.toMap(column -> folded(column.name()), column -> column));
    List<Column> columns = new ArrayList<>();
    for (Column column : wanted.entity().columns()) {
      Column old = had.getOrDefault(folded(column.name()), column);
      columns.add(old.source().equals(column.source()) ? old : column);
    }
    Entity entity = wanted.entity();
    Entity before =
        new Entity(
            entity.name(),
            entity.match(),
            entity.where(),
            entity.capture(),
            entity.omit(),
            columns,
            entity.infers(),
            Optional.empty());
    if (schemas.conflicts(table, entity(), before.declaredColumns()).isEmpty()) {
      Generation unused =
          notes.publish(
              new Generation(
                  table,
                  1,
                  new Definition(before, wanted.protect()),
                  Coverage.UNKNOWN,
                  Optional.empty()));
    }
  }

  /**
   * The columns that a generation may have from the beginning: those that were inferred for the
   * current one, if it still asks for them.
   */
  public List<Column> inferredBefore(Generation generation) {
    Entity entity = generation.definition().entity();
    Optional<Generation> current = notes.of(table, entity.name()).current();
    if (!entity.infers() || current.isEmpty() || current.get().equals(generation)) {
      return List.of();
    }
    Set<String> used = new HashSet<>(entity.match().keySet());
    used.addAll(entity.capture().keySet());
    used.addAll(entity.omit());
    Map<String, Rule> protect = generation.definition().protect();
    List<Column> columns = new ArrayList<>();
    schemas
        .newest(table, current.get().folder())
        .map(EntitySchema::columns)
        .orElse(List.of())
        .stream()
        .filter(
            column ->
                column.source() instanceof Column.Source.Attribute attribute
                    && !used.contains(attribute.name())
                    && !protect.containsKey(attribute.name()))
        .forEach(columns::add);
    return columns;
  }

  private String entity() {
    return wanted.entity().name();
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
