package dev.afterbay.consumer.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of the file.
 *
 * @param name its key, or its place in a list
 * @param path the key with all keys above it
 * @param keyPlace where the key is
 * @param node the value
 */
record Field(Reading reading, String name, String path, Place keyPlace, Node node) {
  /** Reads a single value; empty, with a problem, if that fails. */
  <T> Optional<T> parse(Values.Parser<T> parser) {
    if (!(node instanceof ScalarNode scalar) || Tag.NULL.equals(node.getTag())) {
      reading.problem(node, "'" + path + "' must be a single value, not " + kind(node));
      return Optional.empty();
    }
    Optional<String> text = reading.text(scalar, "'" + path + "': ");
    try {
      return text.map(parser::parse);
    } catch (IllegalArgumentException e) {
      reading.problem(node, "'" + path + "': " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The elements of a list; of a single value, itself. */
  List<Field> elements() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<Field> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      String index = "[" + elements.size() + "]";
      elements.add(new Field(reading, index, path + index, reading.place(element), element));
    }
    return elements;
  }

  /** Where the value is. */
  Place place() {
    return reading.place(node);
  }

  /** Reports a problem with the value. */
  void problem(String message) {
    reading.problem(node, "'" + path + "': " + message);
  }

  /** Reports a problem with the key. */
  void keyProblem(String message) {
    reading.problem(keyPlace, "'" + path + "': " + message);
  }

  static String kind(Node node) {
    if (node instanceof ScalarNode scalar) {
      return Tag.NULL.equals(node.getTag())
          ? "nothing"
          : "the value '" + TypeTexts.show(scalar.getValue()) + "'";
    }
    return node instanceof SequenceNode ? "a list" : "a mapping";
  }
}
