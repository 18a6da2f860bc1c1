package dev.afterbay.consumer.config;

import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.typed.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An entity as far as it could be read.
 *
 * @param section where it stands
 * @param name empty if it has none that will do
 * @param routable whether all templates and conditions that decide on it could be read
 */
record EntityDraft(
    Section section,
    Optional<String> name,
    boolean routable,
    Map<String, Template> match,
    Map<String, List<Value>> where,
    Map<String, Template> capture,
    Set<String> omit,
    List<Column> columns,
    boolean infers,
    Optional<String> mirrorOf) {
  /** The entity, of a draft in which there is no problem. */
  Entity entity() {
    return new Entity(name.orElseThrow(), match, where, capture, omit, columns, infers, mirrorOf);
  }

  /** What decides on the entity and nothing else, under another name. */
  Entity routing(String alias) {
    return new Entity(alias, match, where, Map.of(), Set.of(), List.of(), infers, Optional.empty());
  }

  /** The names of what its key templates capture. */
  Set<String> keyCaptures() {
    Set<String> names = new TreeSet<>();
    match.values().forEach(template -> names.addAll(template.captureNames()));
    return names;
  }
}
