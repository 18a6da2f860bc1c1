package dev.afterbay.local.workload;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads a scenario; unknown words are refused with the step they stand in. */
final class ScenarioFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final Set<String> CONDITION = Set.of("condition", "names", "values");

  private final String name;
  private final ItemValues items;
  private String place = "the table";

  ScenarioFile(String name, InstantSource clock) {
    this.name = name;
    this.items = new ItemValues(clock);
  }

  Scenario read(InputStream in) throws IOException {
    JsonNode tree = YAML.readTree(in);
    onlyKnown(tree, Set.of("table", "steps"));
    TableSpec table = table(tree.path("table"));
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : tree.path("steps")) {
      place = "step " + (steps.size() + 1) + " (" + step.path("say").asText("unnamed") + ")";
      steps.add(step(step));
    }
    return new Scenario(table, steps);
  }

  private TableSpec table(JsonNode table) {
    onlyKnown(table, Set.of("name", "key", "indexes", "time-to-live"));
    List<TableSpec.Index> indexes = new ArrayList<>();
    for (JsonNode index : table.path("indexes")) {
      indexes.add(new TableSpec.Index(text(index, "name"), key(index)));
    }
    return new TableSpec(text(table, "name"), key(table), indexes, optional(table, "time-to-live"));
  }

  private TableSpec.Key key(JsonNode node) {
    JsonNode key = node.path("key");
    return new TableSpec.Key(text(key, "hash"), text(key, "range"));
  }

  private Step step(JsonNode step) {
    onlyKnown(step, Set.of("say", "fails", "put", "update", "delete", "batch", "transaction"));
    return new Step(text(step, "say"), write(step), optional(step, "fails"));
  }

  private Write write(JsonNode step) {
    if (step.has("batch")) {
      return new Write.Batch(singles(step.path("batch")));
    }
    if (step.has("transaction")) {
      return new Write.Transaction(singles(step.path("transaction")));
    }
    return single(step);
  }

  private List<Write.Single> singles(JsonNode list) {
    List<Write.Single> writes = new ArrayList<>();
    list.forEach(write -> writes.add(single(write)));
    return writes;
  }

  private Write.Single single(JsonNode step) {
    if (step.has("put")) {
      JsonNode put = step.path("put");
      onlyKnown(put, with(CONDITION, "item"));
      return new Write.Put(item(put, "item"), condition(put));
    }
    if (step.has("update")) {
      JsonNode update = step.path("update");
      onlyKnown(update, with(CONDITION, "key", "expression"));
      return new Write.Update(item(update, "key"), text(update, "expression"), condition(update));
    }
    if (step.has("delete")) {
      JsonNode delete = step.path("delete");
      onlyKnown(delete, with(CONDITION, "key"));
      return new Write.Delete(item(delete, "key"), condition(delete));
    }
    throw refused("has no put, update, delete, batch or transaction");
  }

  private Map<String, AttributeValue> item(JsonNode node, String field) {
    JsonNode item = node.path(field);
    if (!item.isObject()) {
      throw refused("needs a map under '" + field + "'");
    }
    return items.item(item);
  }

  private Condition condition(JsonNode node) {
    return new Condition(
        optional(node, "condition"),
        node.has("names") ? names(node.path("names")) : null,
        node.has("values") ? items.item(node.path("values")) : null);
  }

  private static Map<String, String> names(JsonNode node) {
    Map<String, String> names = new LinkedHashMap<>();
    node.properties().forEach(field -> names.put(field.getKey(), field.getValue().asText()));
    return names;
  }

  private String text(JsonNode node, String field) {
    String text = optional(node, field);
    if (text == null) {
      throw refused("needs '" + field + "'");
    }
    return text;
  }

  private static @Nullable String optional(JsonNode node, String field) {
    return node.path(field).isTextual() ? node.path(field).textValue() : null;
  }

  private void onlyKnown(JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                throw refused("does not know '" + field + "'");
              }
            });
  }

  private static Set<String> with(Set<String> some, String... more) {
    Set<String> all = new HashSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

  private ScenarioException refused(String why) {
    return new ScenarioException(name + ": " + place + " " + why);
  }
}
