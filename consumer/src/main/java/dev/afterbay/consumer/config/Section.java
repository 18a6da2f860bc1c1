package dev.afterbay.consumer.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file, read key by key. A value that cannot be read becomes a problem, and the
 * reader goes on. The keys that were asked for are the known ones; {@link #rejectUnknownKeys()}
 * reports the others.
 */
final class Section {
  private record Entry(Place keyPlace, Node value) {}

  private final Reading reading;
  private final String path;
  private final Place place;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final List<Section> children = new ArrayList<>();
  private boolean readable = true;

  private Section(Reading reading, String path, Place place) {
    this.reading = reading;
    this.path = path;
    this.place = place;
  }

  /** The section that a node holds; anything but a mapping is a problem and reads as empty. */
  static Section of(Reading reading, String path, Node node) {
    Section section = new Section(reading, path, reading.place(node));
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(section::add);
    } else {
      section.readable = false;
      reading.problem(
          node,
          (path.isEmpty() ? "the file" : "'" + path + "'")
              + " must be a mapping of keys to values, not "
              + Field.kind(node));
    }
    return section;
  }

  private void add(NodeTuple tuple) {
    Node key = tuple.getKeyNode();
    if (!(key instanceof ScalarNode scalar)) {
      reading.problem(key, "a key must be plain text, not " + Field.kind(key));
      return;
    }
    String name = TypeTexts.show(scalar.getValue());
    Entry first = entries.putIfAbsent(name, new Entry(reading.place(key), tuple.getValueNode()));
    if (first != null) {
      reading.problem(
          key,
          "'"
              + full(name)
              + "' is given twice (first in line "
              + first.keyPlace().line()
              + "); keep one");
    }
  }

  /** A value that must be there. */
  <T> Optional<T> required(String key, String example, Values.Parser<T> parser) {
    Optional<Node> node = find(key);
    if (node.isEmpty()) {
      missing(key, example);
    }
    return node.flatMap(found -> parse(key, found, parser));
  }

  /** A value that may be left out. */
  <T> Optional<T> optional(String key, Values.Parser<T> parser) {
    return find(key).flatMap(found -> parse(key, found, parser));
  }

  /** A value with a default. */
  <T> T value(String key, T fallback, Values.Parser<T> parser) {
    return optional(key, parser).orElse(fallback);
  }

  /** A section that may be left out: then it is empty. */
  Section section(String key) {
    Section child =
        find(key)
            .map(node -> of(reading, full(key), node))
            .orElseGet(() -> new Section(reading, full(key), place));
    children.add(child);
    return child;
  }

  /** A list of sections that must not be empty. */
  List<Section> requiredSections(String key, String example) {
    Optional<Node> node = find(key);
    if (node.isEmpty()) {
      missing(key, example);
    } else if (node.get() instanceof SequenceNode list && list.getValue().isEmpty()) {
      reading.problem(list, "'" + full(key) + "' is empty; add for example " + example);
    }
    return sections(key);
  }

  /** A list of sections that may be left out: then it is empty. */
  List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (Node item : find(key).map(found -> items(key, found)).orElse(List.of())) {
      sections.add(of(reading, full(key) + "[" + sections.size() + "]", item));
    }
    children.addAll(sections);
    return sections;
  }

  /** All values of this section, whose keys the user chooses. */
  List<Field> fields() {
    known.addAll(entries.keySet());
    List<Field> fields = new ArrayList<>();
    entries.forEach((name, entry) -> fields.add(field(name, entry.value())));
    return fields;
  }

  /** The value of a key, which may be left out. */
  Optional<Field> field(String key) {
    return find(key).map(node -> field(key, node));
  }

  /** The place of a key's value, or of the section if the key is not there. */
  Place placeOf(String key) {
    return find(key).map(reading::place).orElse(place);
  }

  /** Whether it is a mapping, or left out. */
  boolean isReadable() {
    return readable;
  }

  /** The keys above the section. */
  String path() {
    return path;
  }

  /** Reports a problem with the value of a key. */
  void problem(String key, String message) {
    reading.problem(placeOf(key), "'" + full(key) + "': " + message);
  }

  /** Reports a key that must be there, with an example of it. */
  private void missing(String key, String example) {
    if (readable) {
      reading.problem(place, "'" + full(key) + "' is missing; add for example " + example);
    }
  }

  /** Reports the keys of this section and of all within it that nobody asked for. */
  void rejectUnknownKeys() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            reading.problem(
                entry.keyPlace(),
                "'"
                    + full(key)
                    + "' is not a known key; "
                    + Nearest.to(key, known)
                        .map(near -> "did you mean '" + full(near) + "'?")
                        .orElse("the keys here are " + String.join(", ", known)));
          }
        });
    children.forEach(Section::rejectUnknownKeys);
  }

  private Optional<Node> find(String key) {
    known.add(key);
    @Nullable Entry entry = entries.get(key);
    return Optional.ofNullable(entry)
        .map(Entry::value)
        .filter(node -> !Tag.NULL.equals(node.getTag()));
  }

  private <T> Optional<T> parse(String key, Node node, Values.Parser<T> parser) {
    return field(key, node).parse(parser);
  }

  private Field field(String key, Node node) {
    return new Field(
        reading,
        key,
        full(key),
        entries.containsKey(key) ? entries.get(key).keyPlace() : place,
        node);
  }

  private List<Node> items(String key, Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    reading.problem(node, "'" + full(key) + "' must be a list, not " + Field.kind(node));
    return List.of();
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
