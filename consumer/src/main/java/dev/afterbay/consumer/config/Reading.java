package dev.afterbay.consumer.config;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What the reading of one file needs everywhere.
 *
 * @param file the file as the user named it
 * @param variables the environment
 * @param problems the mistakes found so far
 */
record Reading(String file, Variables variables, Problems problems) {
  Place place(Node node) {
    return place(node.getStartMark());
  }

  Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  void problem(Node node, String message) {
    problem(place(node), message);
  }

  void problem(Place place, String message) {
    problems.add(place, message);
  }

  /** The text of a value, its variables replaced; empty, with a problem, if that fails. */
  Optional<String> text(ScalarNode node, String subject) {
    AtomicBoolean sound = new AtomicBoolean(true);
    String text =
        variables.replace(
            TypeTexts.show(node.getValue()),
            message -> {
              sound.set(false);
              problem(node, subject + message);
            });
    return sound.get() ? Optional.of(text) : Optional.empty();
  }
}
