package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.routing.Proposal.ProposedEntity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes proposed entities as a configuration file has them. */
final class ProposalYaml {
  /** Words that YAML takes for something else than text. */
  private static final Set<String> NOT_TEXT =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private final String indent;
  private final StringBuilder yaml = new StringBuilder();

  ProposalYaml(int indent) {
    this.indent = " ".repeat(indent);
  }

  String text(List<ProposedEntity> entities) {
    if (entities.isEmpty()) {
      return indent + "entities: []\n";
    }
    line(0, "entities:");
    entities.forEach(this::entity);
    return yaml.toString();
  }

  private void entity(ProposedEntity entity) {
    line(1, "- name: " + entity.name() + "  # " + count(entity.items()));
    templates("match", entity.match());
    entity.mirrorOf().ifPresent(name -> line(2, "mirror-of: " + name));
    templates("capture", entity.capture());
    boolean templates = !entity.match().isEmpty() || !entity.capture().isEmpty();
    if (templates && entity.delimiter() != Discovery.DELIMITER) {
      line(2, "delimiter: " + quoted(Character.toString(entity.delimiter())));
    }
    if (!entity.columns().isEmpty()) {
      line(2, "columns:");
      entity
          .columns()
          .forEach(
              (attribute, type) ->
                  line(3, name(attribute) + ": " + (isPlain(type) ? type : quoted(type))));
    }
  }

  private static String count(long items) {
    return items == 1 ? "1 item" : items + " items";
  }

  private void templates(String key, Map<String, String> templates) {
    if (!templates.isEmpty()) {
      line(
          2,
          templates.entrySet().stream()
              .map(template -> name(template.getKey()) + ": " + quoted(template.getValue()))
              .collect(Collectors.joining(", ", key + ": { ", " }")));
    }
  }

  private void line(int level, String text) {
    yaml.append(indent).append("  ".repeat(level)).append(text).append('\n');
  }

  private static boolean isPlain(String type) {
    return type.indexOf('<') < 0;
  }

  private static String name(String text) {
    boolean plain =
        text.matches("[A-Za-z_][A-Za-z0-9_.-]*")
            && !NOT_TEXT.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
              } else if (isPrintable(point)) {
                quoted.appendCodePoint(point);
              } else if (point > 0xffff) {
                quoted.append(String.format("\\U%08x", point));
              } else {
                quoted.append(String.format("\\u%04x", point));
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
