package dev.afterbay.consumer.config;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A configuration file as text, for what writes a changed copy of it. */
public final class ConfigurationText {
  private final MappingNode root;
  private final String text;

  private ConfigurationText(MappingNode root, String text) {
    this.root = root;
    this.text = text;
  }

  /** Reads a file that {@link AfterbayConfig#read} has read without a problem. */
  public static ConfigurationText read(Path file) {
    try {
      String text = Files.readString(file);
      return new ConfigurationText(
          (MappingNode) Objects.requireNonNull(TypeTexts.compose(text)), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file with other entities. All but its tables is as it was written, variables included.
   *
   * @param entities the lines of each table's {@code entities}, indented by four spaces, in the
   *     order of the tables
   */
  public String withEntities(List<String> entities) {
    NodeTuple tables = tables();
    StringBuilder listed = new StringBuilder("tables:\n");
    List<Node> sources = ((SequenceNode) tables.getValueNode()).getValue();
    for (int i = 0; i < sources.size(); i++) {
      listed.append(source((MappingNode) sources.get(i))).append(entities.get(i));
    }
    if (root.getFlowStyle() == DumperOptions.FlowStyle.FLOW) {
      return block(without(root, Set.of("tables"))) + listed;
    }
    int start = offset(tables.getKeyNode().getStartMark().getIndex());
    int end = offset(tables.getValueNode().getEndMark().getIndex());
    String rest = text.substring(end).stripLeading();
    return text.substring(0, start) + listed + rest;
  }

  /** Marks count code points. */
  private int offset(int codePoints) {
    return text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
  }

  private NodeTuple tables() {
    return root.getValue().stream()
        .filter(tuple -> "tables".equals(name(tuple)))
        .findFirst()
        .orElseThrow();
  }

  /** A table's own settings, as an element of a list. */
  private static String source(MappingNode table) {
    return block(without(table, Set.of("entities")))
        .lines()
        .collect(Collectors.joining("\n    ", "  - ", "\n"));
  }

  private static MappingNode without(MappingNode node, Set<String> keys) {
    List<NodeTuple> kept = new ArrayList<>(node.getValue());
    kept.removeIf(tuple -> keys.contains(name(tuple)));
    return new MappingNode(Tag.MAP, kept, DumperOptions.FlowStyle.BLOCK);
  }

  private static String block(Node node) {
    StringWriter text = new StringWriter();
    DumperOptions options = new DumperOptions();
    options.setWidth(120);
    new Yaml(options).serialize(node, text);
    return text.toString();
  }

  private static String name(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
