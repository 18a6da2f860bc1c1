package dev.afterbay.local.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The fields of a request.
 *
 * @param body as it was sent
 * @param invalid the service's name of the error for a field that is missing
 */
public record Asked(JsonNode body, String invalid) {
  /** A text that has to be there. */
  public String text(String field) {
    return optional(field).orElseThrow(() -> missing(field));
  }

  /** A text that may be left out. */
  public Optional<String> optional(String field) {
    return Optional.of(body.path(field).asText("")).filter(text -> !text.isEmpty());
  }

  /** A number that may be left out. */
  public int number(String field, int otherwise) {
    return body.path(field).asInt(otherwise);
  }

  /** Whether a switch is there and on. */
  public boolean on(String field) {
    return body.path(field).asBoolean(false);
  }

  /** A structure that has to be there. */
  public Asked inside(String field) {
    if (body.path(field) instanceof ObjectNode structure) {
      return new Asked(structure, invalid);
    }
    throw missing(field);
  }

  /** A copy of the whole structure. */
  public ObjectNode copy() {
    if (body instanceof ObjectNode structure) {
      return structure.deepCopy();
    }
    throw new RefusedCallException(invalid, "A JSON object is wanted, not: " + body);
  }

  private RefusedCallException missing(String field) {
    return new RefusedCallException(invalid, field + " is missing");
  }
}
