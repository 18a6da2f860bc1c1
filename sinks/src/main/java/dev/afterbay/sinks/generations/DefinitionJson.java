package dev.afterbay.sinks.generations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Definitions as JSON; what has no order of its own is sorted. */
final class DefinitionJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ONLY = "v";

  private DefinitionJson() {}

  static ObjectNode write(Definition definition) {
    Entity entity = definition.entity();
    ObjectNode json = NODES.objectNode();
    json.put("entity", entity.name());
    json.set("match", templates(entity.match()));
    ObjectNode where = json.putObject("where");
    new TreeMap<>(entity.where())
        .forEach(
            (attribute, allowed) -> {
              ArrayNode values = where.putArray(attribute);
              allowed.forEach(value -> values.add(text(value)));
            });
    json.set("capture", templates(entity.capture()));
    ArrayNode omit = json.putArray("omit");
    new TreeSet<>(entity.omit()).forEach(omit::add);
    ArrayNode columns = json.putArray("columns");
    for (Column column : entity.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("attribute", ((Column.Source.Attribute) column.source()).name())
          .put("type", column.type().text());
    }
    json.put("infer", entity.infers());
    ObjectNode protect = json.putObject("protect");
    definition.protect().forEach((attribute, rule) -> protect.put(attribute, rule.name()));
    return json;
  }

  /**
   * Reads a definition.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Definition read(JsonNode json) {
    Map<String, List<Value>> where = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> condition : json.path("where").properties()) {
      List<Value> values = new ArrayList<>();
      condition.getValue().forEach(value -> values.add(value(value.asText())));
      where.put(condition.getKey(), values);
    }
    Set<String> omit = new LinkedHashSet<>();
    json.path("omit").forEach(attribute -> omit.add(attribute.asText()));
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : json.path("columns")) {
      columns.add(
          new Column(
              text(column, "name"),
              new Column.Source.Attribute(text(column, "attribute")),
              ColumnType.parse(text(column, "type"))));
    }
    Map<String, Protection.Rule> protect = new LinkedHashMap<>();
    json.path("protect")
        .properties()
        .forEach(
            rule -> protect.put(rule.getKey(), Protection.Rule.valueOf(rule.getValue().asText())));
    return new Definition(
        new Entity(
            text(json, "entity"),
            templates(json.path("match")),
            where,
            templates(json.path("capture")),
            omit,
            columns,
            json.path("infer").asBoolean(),
            Optional.empty()),
        protect);
  }

  private static ObjectNode templates(Map<String, Template> templates) {
    ObjectNode json = NODES.objectNode();
    templates.forEach(
        (attribute, template) ->
            json.putObject(attribute)
                .put("template", template.text())
                .put("delimiter", Character.toString(template.delimiter())));
    return json;
  }

  private static Map<String, Template> templates(JsonNode json) {
    Map<String, Template> templates = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      templates.put(
          entry.getKey(),
          Template.parse(
              text(entry.getValue(), "template"), text(entry.getValue(), "delimiter").charAt(0)));
    }
    return templates;
  }

  private static String text(Value value) {
    return Image.of(new Item(Map.of(ONLY, value))).json();
  }

  private static Value value(String text) {
    return Image.parse(text)
        .item()
        .attribute(ONLY)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a value"));
  }

  static String text(JsonNode json, String field) {
    String text = json.path(field).textValue();
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("'" + field + "' is missing or not a text");
    }
    return text;
  }
}
