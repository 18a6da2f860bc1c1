package dev.afterbay.sinks.rows;

import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Router;
import java.util.ArrayList;
import java.util.List;

/**
 * The generations that a process writes for the next segments.
 *
 * @param together those that the configuration defines, among which no item belongs to two
 * @param apart those that their notes define, each for itself: they may take the same items
 * @param mirrors entities whose items have no table
 */
record WrittenTables(List<Written> together, List<Written> apart, List<Entity> mirrors) {
  /** Copies the lists. */
  WrittenTables {
    together = List.copyOf(together);
    apart = List.copyOf(apart);
    mirrors = List.copyOf(mirrors);
  }

  /** What goes through one router, and what each entity that it finds is written to. */
  record Group(Router router, List<Written> tables) {}

  /** All generations, by those that can share a router. */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    List<Entity> configured = new ArrayList<>(mirrors);
    together.forEach(written -> configured.add(written.entity()));
    groups.add(new Group(new Router(configured), together));
    for (Written written : apart) {
      groups.add(new Group(new Router(List.of(written.entity())), List.of(written)));
    }
    return groups;
  }

  List<Written> all() {
    List<Written> all = new ArrayList<>(together);
    all.addAll(apart);
    return all;
  }

  /** The folders of those that are the ones to ask. */
  List<String> counted() {
    return all().stream().filter(Written::isCounted).map(Written::folder).toList();
  }
}
