package dev.afterbay.local.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The texts and numbers of an image as DynamoDB JSON; the questions look at nothing else. */
final class AttributeJson {
  private AttributeJson() {}

  static String of(Map<String, AttributeValue> image) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    image.forEach(
        (name, value) -> {
          if (value.s() != null) {
            json.putObject(name).put("S", value.s());
          } else if (value.n() != null) {
            json.putObject(name).put("N", value.n());
          }
        });
    return json.toString();
  }

  static String text(Map<String, AttributeValue> key, String name) {
    AttributeValue value = key.get(name);
    return value == null ? "" : value.s();
  }
}
