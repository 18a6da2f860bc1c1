package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.routing.Proposal.ProposedEntity;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import dev.afterbay.transforms.typed.ObservedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Proposes entities for a table from its items: by the shapes of their keys, with columns by the
 * values of their attributes. Not thread-safe.
 */
public final class Discovery {
  /** What parts most keys. */
  static final char DELIMITER = '#';

  private static final String OTHER_DELIMITERS = "|:/";

  /** So many items decide what the keys are parted by. */
  private static final int FIRST_LOOK = 200;

  /** So many items' keys are held to be routed by the proposal. */
  private static final int MOST_CHECKED = 100_000;

  private static final int MOST_EXAMPLES = 5;

  private final String table;
  private final List<String> keys;
  private final List<Item> firstLook = new ArrayList<>();
  private final Set<Image> checked = new HashSet<>();
  private final List<String> examples = new ArrayList<>();
  private Optional<Clusters> clusters = Optional.empty();
  private char delimiter = DELIMITER;
  private long items;
  private long unrouted;

  /**
   * Nothing seen yet.
   *
   * @param table the table's name, for an entity that has no better one
   * @param keys the names of the key attributes, the partition key first
   */
  public Discovery(String table, List<String> keys) {
    this.table = table;
    this.keys = List.copyOf(keys);
  }

  /** Takes note of an item. */
  public void add(Item item) {
    items++;
    if (clusters.isPresent()) {
      sort(item, clusters.get());
      return;
    }
    firstLook.add(item);
    if (firstLook.size() >= FIRST_LOOK) {
      sortFirst();
    }
  }

  /**
   * Entities for what was seen. Every item is routed by them, unless it lacks a key attribute.
   *
   * @param taken names that entities of other tables have
   */
  public Proposal propose(Set<String> taken) {
    List<Cluster> found = sortFirst().found();
    boolean shapeless = found.stream().allMatch(each -> each.pattern().literals().isEmpty());
    List<ProposedEntity> entities =
        found.isEmpty()
            ? List.of()
            : shapeless ? List.of(everything(found, taken)) : byPattern(found, taken);
    Router router = new Proposal(entities, items, unrouted, examples).router();
    long missed = unrouted;
    List<String> missedExamples = new ArrayList<>(examples);
    for (Image key : checked) {
      if (router.route(key.item()) == null) {
        missed++;
        note(missedExamples, key);
      }
    }
    return new Proposal(entities, items, missed, missedExamples);
  }

  private Clusters sortFirst() {
    if (clusters.isEmpty()) {
      delimiter = delimiter();
      clusters = Optional.of(new Clusters(keys, delimiter));
      for (Item item : firstLook) {
        sort(item, clusters.get());
      }
      firstLook.clear();
    }
    return clusters.get();
  }

  private void sort(Item item, Clusters clusters) {
    Map<String, Value> key = new HashMap<>(item.attributes());
    key.keySet().retainAll(keys);
    Image image = Image.of(new Item(key));
    if (!clusters.add(item)) {
      unrouted++;
      note(examples, image);
    } else if (checked.size() < MOST_CHECKED) {
      checked.add(image);
    }
  }

  private static void note(List<String> examples, Image key) {
    if (examples.size() < MOST_EXAMPLES) {
      examples.add(key.json());
    }
  }

  /** Another delimiter than the usual one must come after a word in most keys. */
  private char delimiter() {
    for (char other : OTHER_DELIMITERS.toCharArray()) {
      long with = firstLook.stream().filter(item -> hasWordBefore(item, other)).count();
      long without = firstLook.stream().filter(item -> hasWordBefore(item, DELIMITER)).count();
      if (with > firstLook.size() / 2 && with > without) {
        return other;
      }
    }
    return DELIMITER;
  }

  private boolean hasWordBefore(Item item, char delimiter) {
    for (String key : keys) {
      if (item.attributes().get(key) instanceof Value.S string) {
        int end = string.text().indexOf(delimiter);
        if (end > 0 && KeyShape.isName(string.text().substring(0, end), false)) {
          return true;
        }
      }
    }
    return false;
  }

  /** One entity for a table whose keys say nothing: keys are ordinary columns of their own type. */
  private ProposedEntity everything(List<Cluster> found, Set<String> taken) {
    Map<String, ObservedType> types = new LinkedHashMap<>();
    keys.forEach(key -> types.put(key, new ObservedType()));
    long seen = 0;
    for (Cluster cluster : found) {
      seen += cluster.items();
      cluster
          .types()
          .forEach(
              (name, type) -> types.computeIfAbsent(name, each -> new ObservedType()).addAll(type));
    }
    EntityNames names = new EntityNames(table, List.of(), taken);
    return new ProposedEntity(
        names.of(found.get(0).pattern()),
        delimiter,
        Map.of(),
        Map.of(),
        Optional.empty(),
        columns(types, Set.of(), new HashSet<>()),
        seen);
  }

  private List<ProposedEntity> byPattern(List<Cluster> found, Set<String> taken) {
    EntityNames names =
        new EntityNames(table, found.stream().map(Cluster::pattern).toList(), taken);
    Map<Cluster, Cluster> originals = originals(found);
    Map<Cluster, ProposedEntity> entities = new LinkedHashMap<>();
    for (Cluster cluster : found) {
      if (!originals.containsKey(cluster)) {
        entities.put(cluster, entity(cluster, names.of(cluster.pattern())));
      }
    }
    List<ProposedEntity> all = new ArrayList<>();
    for (Cluster cluster : found) {
      ProposedEntity own = entities.get(cluster);
      ProposedEntity original = entities.get(originals.get(cluster));
      if (own != null) {
        all.add(own);
      } else if (original != null) {
        all.add(mirror(cluster, names.of(cluster.pattern()), original));
      }
    }
    return all;
  }

  /** By each mirror what it repeats: there are fewer of it, or it came later. */
  private static Map<Cluster, Cluster> originals(List<Cluster> found) {
    Map<Cluster, Cluster> originals = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      for (int j = i + 1; j < found.size(); j++) {
        boolean fewer = found.get(j).items() <= found.get(i).items();
        Cluster mirror = found.get(fewer ? j : i);
        Cluster original = found.get(fewer ? i : j);
        if (mirror.mirrors(original)) {
          originals.put(mirror, original);
        }
      }
    }
    return originals;
  }

  private ProposedEntity entity(Cluster cluster, String name) {
    Set<String> attributes = new HashSet<>();
    cluster.types().keySet().forEach(attribute -> attributes.add(Column.nameOf(attribute)));
    keys.forEach(key -> attributes.remove(Column.nameOf(key)));
    CaptureNames captures = new CaptureNames(keys, attributes);
    Map<String, String> match = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (!cluster.pattern().texts().get(i).isEmpty()) {
        match.put(keys.get(i), cluster.pattern().template(i, delimiter, captures));
      }
    }
    Map<String, String> capture = new LinkedHashMap<>();
    cluster
        .indexes()
        .forEach(
            (attribute, pattern) ->
                pattern
                    .flatMap(found -> indexTemplate(attribute, found, captures))
                    .ifPresent(template -> capture.put(attribute, template)));
    Set<String> used = new HashSet<>(match.keySet());
    used.addAll(capture.keySet());
    return new ProposedEntity(
        name,
        delimiter,
        match,
        capture,
        Optional.empty(),
        columns(cluster.types(), used, captures.given()),
        cluster.items());
  }

  /** A template for an index's key, if there is a name in it and something to capture. */
  private Optional<String> indexTemplate(
      String attribute, KeyPattern pattern, CaptureNames captures) {
    boolean captured =
        pattern.texts().get(0).stream().anyMatch(part -> part instanceof KeyPattern.Part.Anything);
    return captured && !pattern.literals().isEmpty()
        ? Optional.of(pattern.template(0, delimiter, captures.ofIndex(attribute)))
        : Optional.empty();
  }

  /** The original's templates in each other's place. */
  private ProposedEntity mirror(Cluster cluster, String name, ProposedEntity original) {
    List<String> templates = List.copyOf(original.match().values());
    Map<String, String> match = new LinkedHashMap<>();
    match.put(keys.get(0), templates.get(1));
    match.put(keys.get(1), templates.get(0));
    return new ProposedEntity(
        name, delimiter, match, Map.of(), Optional.of(original.name()), Map.of(), cluster.items());
  }

  /**
   * Columns for attributes.
   *
   * @param used attributes that have another place
   * @param taken names of columns, in lower case
   */
  private static Map<String, String> columns(
      Map<String, ObservedType> types, Set<String> used, Set<String> taken) {
    Map<String, String> columns = new LinkedHashMap<>();
    Set<String> names = new HashSet<>(taken);
    types.forEach(
        (attribute, type) -> {
          String name = Column.nameOf(attribute).toLowerCase(Locale.ROOT);
          if (!used.contains(attribute)
              && names.size() < EntitySchema.MOST_COLUMNS
              && Column.refusal(name).isEmpty()
              && names.add(name)) {
            type.type().ifPresent(found -> columns.put(attribute, found.text()));
          }
        });
    return columns;
  }
}
