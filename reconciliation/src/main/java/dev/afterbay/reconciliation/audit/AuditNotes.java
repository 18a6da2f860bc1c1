package dev.afterbay.reconciliation.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The summaries of a lake's audits. */
public final class AuditNotes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = ".json";

  private final ObjectStore store;
  private final Lake lake;

  /** The summaries in a lake. */
  public AuditNotes(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  /**
   * The newest audit of a table, if there is any.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if its summary cannot be read
   */
  public Optional<AuditSummary> newest(TableName table) {
    List<Instant> moments = moments(table);
    return moments.isEmpty() ? Optional.empty() : find(table, moments.get(moments.size() - 1));
  }

  /**
   * The audit of a table at a moment, if it is complete.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if its summary cannot be read
   */
  public Optional<AuditSummary> find(TableName table, Instant at) {
    ObjectKey key = lake.audit(table, at);
    return store.get(key).map(bytes -> read(table, key, bytes));
  }

  /** The moments of a table's complete audits, oldest first. */
  List<Instant> moments(TableName table) {
    String prefix = lake.audits(table);
    try (Stream<StoredObject> notes = store.list(prefix, "")) {
      return notes
          .map(note -> note.key().value().substring(prefix.length()))
          .filter(name -> name.matches("[0-9]{8}T[0-9]{6}Z\\.json"))
          .map(name -> Lake.momentOf(name.substring(0, name.length() - JSON.length())))
          .toList();
    }
  }

  /** Puts a summary; the one that stands there already counts. */
  AuditSummary put(AuditSummary summary) {
    ObjectKey key = lake.audit(summary.table(), summary.at());
    PutAnswer answer = store.putIfAbsent(key, bytes(summary));
    if (answer instanceof PutAnswer.Created) {
      return summary;
    }
    return find(summary.table(), summary.at())
        .orElseThrow(
            () ->
                new ObjectStoreException(
                    ObjectStoreException.Kind.UNAVAILABLE,
                    "It is not known whether the summary '"
                        + key
                        + "' was put; repeat the audit with --at "
                        + summary.at()));
  }

  /** The summary for scripts, as it also stands in the lake. */
  public static ObjectNode json(AuditSummary summary) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table", summary.table().value());
    json.put("at", summary.at().toString());
    json.put("export", summary.export());
    json.put("items", summary.items());
    json.put("drift", summary.drift());
    json.put("missing", summary.missing());
    json.put("stale", summary.stale());
    json.put("phantom", summary.phantom());
    json.put("rechecked", summary.rechecked());
    json.put("lakeBytes", summary.lakeBytes());
    json.put("scannedBytes", summary.scannedBytes());
    json.put("seconds", summary.took().toMillis() / 1000.0);
    return json;
  }

  private static byte[] bytes(AuditSummary summary) {
    try {
      return MAPPER.writeValueAsBytes(json(summary));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A summary can always be written", e);
    }
  }

  private static AuditSummary read(TableName table, ObjectKey key, byte[] bytes) {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      return new AuditSummary(
          table,
          Instant.parse(json.path("at").asText()),
          json.path("export").asText(),
          json.path("items").asLong(),
          json.path("missing").asLong(),
          json.path("stale").asLong(),
          json.path("phantom").asLong(),
          json.path("rechecked").asLong(),
          json.path("lakeBytes").asLong(),
          json.path("scannedBytes").asLong(),
          Duration.ofMillis(Math.round(json.path("seconds").asDouble() * 1000)));
    } catch (IOException | DateTimeException e) {
      throw new LakeException(
          "The summary '"
              + key
              + "' is damaged: "
              + e.getMessage()
              + "; delete it, then repeat the audit, which goes on from what is in the lake",
          e);
    }
  }
}
