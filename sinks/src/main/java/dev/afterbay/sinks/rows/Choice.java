package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.generations.Definition;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.protect.Protection.Rule;
import dev.afterbay.transforms.routing.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which generations a process writes: of every entity that it knows of, the one to ask and the one
 * that is being built.
 *
 * @param configured the entities of the configuration, mirrors among them
 * @param own what this process protects in all tables
 * @param fits whether the first generation of a configured entity can take the columns that are
 *     configured now
 */
record Choice(List<Entity> configured, Map<String, Rule> own, Predicate<Entity> fits) {
  /**
   * What is to be written.
   *
   * @param noted what is noted, by entity; at least one generation of each that is configured
   * @param carried the folders that this process has written because they were being built
   */
  WrittenTables of(Map<String, Generations> noted, Set<String> carried) {
    List<Written> together = new ArrayList<>();
    List<Written> apart = new ArrayList<>();
    Map<String, Entity> known = new LinkedHashMap<>();
    List<Entity> mirrors = new ArrayList<>();
    for (Entity entity : configured) {
      if (entity.mirrorOf().isPresent()) {
        mirrors.add(entity);
      } else {
        known.put(entity.name(), entity);
      }
    }
    known.forEach(
        (name, entity) ->
            noted
                .getOrDefault(name, Generations.NONE)
                .current()
                .ifPresent(
                    current -> {
                      if (isByConfiguration(current, entity)) {
                        together.add(new Written(entity, current.folder(), Protection.NONE, true));
                      } else {
                        byNote(current, true).ifPresent(apart::add);
                      }
                    }));
    noted.forEach(
        (name, generations) -> {
          generations
              .current()
              .filter(current -> !known.containsKey(name) && carried.contains(current.folder()))
              .flatMap(current -> byNote(current, true))
              .ifPresent(apart::add);
          generations.building().flatMap(building -> byNote(building, false)).ifPresent(apart::add);
        });
    return new WrittenTables(together, apart, mirrors);
  }

  /** The first generation follows the configuration as far as its columns can; others are fixed. */
  private boolean isByConfiguration(Generation current, Entity entity) {
    return current.number() == 1
        ? fits.test(entity)
        : current.definition().isLike(new Definition(entity, current.definition().protect()))
            && further(current).filter(Map::isEmpty).isPresent();
  }

  private Optional<Written> byNote(Generation generation, boolean isCounted) {
    return further(generation)
        .map(
            rules ->
                new Written(
                    generation.definition().entity(),
                    generation.folder(),
                    rules.isEmpty() ? Protection.NONE : new Protection(rules, new byte[0]),
                    isCounted));
  }

  /** What a generation protects beyond this process; empty if that needs a key it does not have. */
  Optional<Map<String, Rule>> further(Generation generation) {
    Map<String, Rule> further = new HashMap<>();
    for (Map.Entry<String, Rule> rule : generation.definition().protect().entrySet()) {
      Rule had = own.get(rule.getKey());
      if (rule.getValue() == Rule.HASH) {
        if (had == null) {
          return Optional.empty();
        }
      } else if (had != rule.getValue()) {
        further.put(rule.getKey(), rule.getValue());
      }
    }
    return Optional.of(further);
  }
}
