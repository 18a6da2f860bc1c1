package dev.afterbay.sinks.generations;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The generations of one entity, and what is noted of them.
 *
 * @param all in the order of their numbers
 * @param switched the numbers of those that became the one to ask
 * @param dropped the numbers of those whose files may be gone
 */
public record Generations(List<Generation> all, Set<Integer> switched, Set<Integer> dropped) {
  /** An entity of which nothing is noted. */
  public static final Generations NONE = new Generations(List.of(), Set.of(), Set.of());

  /** Copies the collections. */
  public Generations {
    all = List.copyOf(all);
    switched = Set.copyOf(switched);
    dropped = Set.copyOf(dropped);
  }

  /**
   * The one that questions are put to: the newest that was switched to; before any switch, the
   * first. Empty if the entity is only being built.
   */
  public Optional<Generation> current() {
    return newest(generation -> generation.number() == 1 || switched.contains(generation.number()));
  }

  /** The one that is being built, which is the newest of all; empty if the current one is. */
  public Optional<Generation> building() {
    Optional<Generation> newest = newest(generation -> true);
    return newest.equals(current()) ? Optional.empty() : newest;
  }

  /** Those that nobody asks or builds, dropped or not. */
  public List<Generation> old() {
    return all.stream()
        .filter(generation -> current().filter(generation::equals).isEmpty())
        .filter(generation -> building().filter(generation::equals).isEmpty())
        .toList();
  }

  /** The folders of the changes of all whose files may be gone. */
  public Set<String> droppedFolders() {
    Set<String> folders = new TreeSet<>();
    old().stream()
        .filter(generation -> dropped.contains(generation.number()))
        .forEach(generation -> folders.add(generation.folder()));
    return folders;
  }

  private Optional<Generation> newest(Predicate<Generation> wanted) {
    return all.stream().filter(wanted).reduce((earlier, later) -> later);
  }
}
