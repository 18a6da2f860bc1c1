package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entities for a table, made of items that were seen.
 *
 * @param entities no two of which overlap
 * @param items how many were seen
 * @param unrouted how many of them belong to no entity
 * @param examples keys of some of those, in DynamoDB JSON
 */
public record Proposal(
    List<ProposedEntity> entities, long items, long unrouted, List<String> examples) {
  /** Copies the lists. */
  public Proposal {
    entities = List.copyOf(entities);
    examples = List.copyOf(examples);
  }

  /**
   * One entity, in the words of the configuration.
   *
   * @param name unique among all that were known
   * @param delimiter of its templates
   * @param match templates by key attribute; none if the entity takes every item
   * @param capture templates by attribute of an index
   * @param mirrorOf the entity whose items these repeat; then it has neither captures nor columns
   * @param columns types by attribute
   * @param items how many were seen
   */
  public record ProposedEntity(
      String name,
      char delimiter,
      Map<String, String> match,
      Map<String, String> capture,
      Optional<String> mirrorOf,
      Map<String, String> columns,
      long items) {
    /** Copies the maps, in their order. */
    public ProposedEntity {
      match = Collections.unmodifiableMap(new LinkedHashMap<>(match));
      capture = Collections.unmodifiableMap(new LinkedHashMap<>(capture));
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** The entity that the configuration describes. */
    public Entity entity() {
      return new Entity(
          name,
          templates(match),
          Map.of(),
          templates(capture),
          Set.of(),
          columns.entrySet().stream()
              .map(column -> Column.of(column.getKey(), ColumnType.parse(column.getValue())))
              .toList(),
          true,
          mirrorOf);
    }

    private Map<String, Template> templates(Map<String, String> texts) {
      Map<String, Template> templates = new LinkedHashMap<>();
      texts.forEach((name, text) -> templates.put(name, Template.parse(text, delimiter)));
      return templates;
    }
  }

  /** A router among the entities. */
  public Router router() {
    return new Router(entities.stream().map(ProposedEntity::entity).toList());
  }

  /**
   * The entities as they stand in a configuration file, below a table.
   *
   * @param indent how many spaces each line begins with
   */
  public String toYaml(int indent) {
    return new ProposalYaml(indent).text(entities);
  }
}
