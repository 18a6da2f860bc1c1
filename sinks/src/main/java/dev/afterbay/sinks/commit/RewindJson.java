package dev.afterbay.sinks.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Rewind;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.SequenceNumber;
import java.util.ArrayList;
import java.util.List;

/** Rewinds as JSON: inside the entry that is one, and as the note that one is complete. */
final class RewindJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private RewindJson() {}

  static ObjectNode write(Rewind rewind, Lake lake) {
    ObjectNode json = sums(JsonNodeFactory.instance.objectNode(), rewind);
    ArrayNode files = json.putArray("setAside");
    rewind.setAside().forEach(file -> files.add(lake.pathOf(file)));
    return json;
  }

  /**
   * Reads the rewind of an entry.
   *
   * @throws IllegalArgumentException if a field is missing or has no sense
   */
  static Rewind read(JsonNode json, Lake lake) {
    List<ObjectKey> files = new ArrayList<>();
    for (JsonNode file : json.path("setAside")) {
      files.add(lake.keyOf(file.asText()));
    }
    if (!json.path("setAside").isArray()) {
      throw new IllegalArgumentException("'setAside' is missing or not a list");
    }
    return new Rewind(
        position(json, "cut"),
        position(json, "resume"),
        json.path("commits").asLong(),
        json.path("records").asLong(),
        files);
  }

  /** The note that the rewind which an entry is has been completed. */
  static byte[] note(Entry entry) {
    Rewind rewind = entry.rewind().orElseThrow();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", FORMAT)
            .put("table", entry.shard().table().value())
            .put("stream", entry.shard().stream().value())
            .put("shard", entry.shard().shard().value())
            .put("epoch", entry.nextEpoch());
    sums(json, rewind)
        .put("files", rewind.setAside().size())
        .put("commit", entry.id().value())
        .put("begunAt", entry.committedAt().toString());
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A rewind can always be written", e);
    }
  }

  private static ObjectNode sums(ObjectNode json, Rewind rewind) {
    return json.put("cut", rewind.cut().padded())
        .put("resume", rewind.resume().padded())
        .put("commits", rewind.commits())
        .put("records", rewind.records());
  }

  private static SequenceNumber position(JsonNode json, String field) {
    String text = json.path(field).textValue();
    if (text == null) {
      throw new IllegalArgumentException("'" + field + "' is missing or not a text");
    }
    return new SequenceNumber(text);
  }
}
