package dev.afterbay.transforms.routing;

import java.util.List;

/**
 * A template, read: literals with captures between them.
 *
 * @param literals one more than captures; the first and the last may be empty, the others are not
 * @param captures from left to right
 * @param delimiter that captures do not contain
 * @param open whether the last capture may contain the delimiter; then no literal follows it
 */
record TemplateParts(
    List<String> literals, List<Template.Capture> captures, char delimiter, boolean open) {
  TemplateParts {
    literals = List.copyOf(literals);
    captures = List.copyOf(captures);
  }

  String literal(int index) {
    return literals.get(index);
  }
}
