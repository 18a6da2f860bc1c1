package dev.afterbay.sinks.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Gaps as JSON: inside the entry that records one, and as an object of its own. */
final class GapJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private GapJson() {}

  /** What of a gap its entry does not tell anyway. */
  static ObjectNode write(Gap gap) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("reason", gap.reason().name())
        .put("before", gap.before().map(SequenceNumber::padded).orElse(null))
        .put("from", gap.from().toString())
        .put("until", gap.until().toString())
        .put("detail", gap.detail());
  }

  /**
   * Reads the gap of an entry.
   *
   * @throws IllegalArgumentException if a field is missing or has no sense
   * @throws DateTimeException if a time is none
   */
  static Gap read(JsonNode json) {
    return new Gap(
        Gap.Reason.valueOf(text(json, "reason")),
        json.hasNonNull("before")
            ? Optional.of(new SequenceNumber(text(json, "before")))
            : Optional.empty(),
        Instant.parse(text(json, "from")),
        Instant.parse(text(json, "until")),
        text(json, "detail"));
  }

  /** The object that tells of the gap which an entry is. */
  static byte[] object(Entry entry) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", FORMAT)
            .put("table", entry.shard().table().value())
            .put("stream", entry.shard().stream().value())
            .put("shard", entry.shard().shard().value())
            .put("after", entry.after().padded());
    json.setAll(write(entry.gap().orElseThrow()));
    json.put("commit", entry.id().value());
    json.put("recordedAt", entry.committedAt().toString());
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A gap can always be written", e);
    }
  }

  /**
   * Reads such an object.
   *
   * @throws UnreadableEntryException if the bytes are none
   */
  static RecordedGap readObject(byte[] bytes) throws UnreadableEntryException {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      return new RecordedGap(
          new StreamShard(
              new TableName(text(json, "table")),
              new StreamLabel(text(json, "stream")),
              new ShardId(text(json, "shard"))),
          new SequenceNumber(text(json, "after")),
          read(json),
          new CommitId(text(json, "commit")),
          Instant.parse(text(json, "recordedAt")));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new UnreadableEntryException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String text(JsonNode json, String field) {
    String text = json.path(field).textValue();
    if (text == null) {
      throw new IllegalArgumentException("'" + field + "' is missing or not a text");
    }
    return text;
  }
}
