package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items by the patterns of their keys. A literal that turns out to be one of many becomes anything,
 * and patterns that share a key become one, so that every item stays matched by one pattern.
 */
final class Clusters {
  /** More words than these in one place are no kinds of item, but data. */
  private static final int MOST_WORDS = 20;

  /** A word with an identifier behind it more likely is a kind. */
  private static final int MOST_NAMES = 60;

  private static final int FIRST_REFINEMENT = 64;

  private final List<String> keys;
  private final char delimiter;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private long items;

  Clusters(List<String> keys, char delimiter) {
    this.keys = keys;
    this.delimiter = delimiter;
  }

  /** Takes an item in; false if it does not have the key attributes. */
  boolean add(Item item) {
    Optional<KeyPattern> found = KeyPattern.of(item, keys, delimiter);
    found.ifPresent(
        pattern ->
            groups
                .computeIfAbsent(pattern.skeleton(), skeleton -> new Group())
                .of(pattern, items++)
                .add(item, keys, delimiter));
    return found.isPresent();
  }

  /** The clusters, in the order of their first items; no key matches two patterns. */
  List<Cluster> found() {
    List<Cluster> all = new ArrayList<>();
    for (Group group : groups.values()) {
      group.refine();
      group.joinOverlapping();
      all.addAll(group.clusters.values());
    }
    all.sort((one, other) -> Long.compare(one.first(), other.first()));
    return all;
  }

  /** Clusters of one skeleton. */
  private static final class Group {
    private Map<KeyPattern, Cluster> clusters = new LinkedHashMap<>();
    private int nextRefinement = FIRST_REFINEMENT;

    Cluster of(KeyPattern pattern, long position) {
      Cluster exact = clusters.get(pattern);
      if (exact != null) {
        return exact;
      }
      for (Cluster cluster : clusters.values()) {
        if (cluster.pattern().covers(pattern)) {
          return cluster;
        }
      }
      if (clusters.size() >= nextRefinement) {
        refine();
        nextRefinement = Math.max(FIRST_REFINEMENT, 2 * clusters.size());
        return of(pattern, position);
      }
      Cluster added = new Cluster(pattern, position);
      clusters.put(pattern, added);
      return added;
    }

    /** Lets go of literals of which there are too many in one place, until there are none. */
    void refine() {
      Optional<KeyPattern> wider = tooManyWords();
      while (wider.isPresent()) {
        KeyPattern common = wider.get();
        join(common);
        wider = tooManyWords();
      }
    }

    private Optional<KeyPattern> tooManyWords() {
      Map<KeyPattern, Integer> words = new HashMap<>();
      for (KeyPattern pattern : clusters.keySet()) {
        for (KeyPattern.Position position : pattern.literals()) {
          KeyPattern without = pattern.without(position);
          int limit = pattern.isFollowed(position) ? MOST_NAMES : MOST_WORDS;
          if (words.merge(without, 1, Integer::sum) > limit) {
            return Optional.of(without);
          }
        }
      }
      return Optional.empty();
    }

    void joinOverlapping() {
      Optional<KeyPattern> common = overlapping();
      while (common.isPresent()) {
        join(common.get());
        common = overlapping();
      }
    }

    private Optional<KeyPattern> overlapping() {
      List<KeyPattern> patterns = List.copyOf(clusters.keySet());
      for (int i = 0; i < patterns.size(); i++) {
        for (int j = i + 1; j < patterns.size(); j++) {
          if (patterns.get(i).overlaps(patterns.get(j))) {
            return Optional.of(patterns.get(i).merged(patterns.get(j)));
          }
        }
      }
      return Optional.empty();
    }

    /** Makes one cluster of all that a pattern covers. */
    private void join(KeyPattern common) {
      Map<KeyPattern, Cluster> joined = new LinkedHashMap<>();
      for (Cluster cluster : clusters.values()) {
        boolean covered = common.covers(cluster.pattern());
        joined.merge(
            covered ? common : cluster.pattern(),
            cluster,
            (one, other) -> one.merged(other, common));
      }
      clusters = joined;
    }
  }
}
