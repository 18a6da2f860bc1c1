package dev.afterbay.local.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Bodies and lines as trees, and times as the protocol spells them: seconds since 1970. */
final class ExportJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ExportJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode read(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw RefusedExportException.invalid("The body is no JSON");
    }
  }

  static byte[] write(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that has to be there. */
  static String text(JsonNode asked, String field) {
    return optional(asked, field)
        .orElseThrow(() -> RefusedExportException.invalid(field + " is missing"));
  }

  /** A text that may be left out. */
  static Optional<String> optional(JsonNode asked, String field) {
    return Optional.of(asked.path(field).asText("")).filter(text -> !text.isEmpty());
  }

  /** A time that may be left out, cut to the second. */
  static Optional<Instant> time(JsonNode asked, String field) {
    return asked.hasNonNull(field)
        ? Optional.of(Instant.ofEpochSecond(asked.path(field).decimalValue().longValue()))
        : Optional.empty();
  }

  static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }
}
