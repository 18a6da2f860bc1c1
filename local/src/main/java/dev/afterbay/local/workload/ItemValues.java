package dev.afterbay.local.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute values as a scenario writes them: texts, numbers, booleans, null, lists and maps stand
 * for themselves; {@code {string-set: […]}}, {@code {number-set: […]}} and {@code
 * {seconds-from-now: n}} (a number, seconds of the epoch) for what YAML has no word for.
 */
final class ItemValues {
  private final InstantSource clock;

  ItemValues(InstantSource clock) {
    this.clock = clock;
  }

  Map<String, AttributeValue> item(JsonNode node) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    node.properties().forEach(field -> item.put(field.getKey(), value(field.getValue())));
    return item;
  }

  private AttributeValue value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> AttributeValue.fromS(node.textValue());
      case NUMBER -> AttributeValue.fromN(node.decimalValue().toPlainString());
      case BOOLEAN -> AttributeValue.fromBool(node.booleanValue());
      case ARRAY -> AttributeValue.fromL(elements(node, this::value));
      case OBJECT -> object(node);
      default -> AttributeValue.fromNul(true);
    };
  }

  private AttributeValue object(JsonNode node) {
    if (node.has("string-set")) {
      return AttributeValue.fromSs(elements(node.path("string-set"), JsonNode::asText));
    }
    if (node.has("number-set")) {
      return AttributeValue.fromNs(elements(node.path("number-set"), JsonNode::asText));
    }
    if (node.has("seconds-from-now")) {
      long seconds = node.path("seconds-from-now").longValue();
      return AttributeValue.fromN(
          Long.toString(clock.instant().plusSeconds(seconds).getEpochSecond()));
    }
    return AttributeValue.fromM(item(node));
  }

  private static <T> List<T> elements(JsonNode list, Function<JsonNode, T> element) {
    return StreamSupport.stream(list.spliterator(), false).map(element).toList();
  }
}
