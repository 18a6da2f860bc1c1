package dev.afterbay.consumer.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * When the lake first saw a stream, and which shards it began with. A shard that continues none of
 * those that were read, and is not one of the first, has a hole before it.
 *
 * @param stream the label of the stream
 * @param firstSeen by the clock of the worker that wrote it down
 * @param roots the shards whose parents the stream had already forgotten then
 */
public record StreamLedger(StreamLabel stream, Instant firstSeen, Set<ShardId> roots) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the set. */
  public StreamLedger {
    roots = Set.copyOf(roots);
  }

  /**
   * The ledger of a stream; written down now if the lake has none.
   *
   * @param roots asked only if the lake has none
   * @throws IllegalStateException if it can be neither written nor read
   */
  public static StreamLedger open(
      ObjectStore store,
      Lake lake,
      TableName table,
      StreamLabel stream,
      Supplier<Set<ShardId>> roots,
      InstantSource clock) {
    ObjectKey key = lake.stream(table, stream);
    Optional<StreamLedger> written = read(store, key);
    if (written.isPresent()) {
      return written.get();
    }
    store.putIfAbsent(key, write(table, new StreamLedger(stream, clock.instant(), roots.get())));
    return read(store, key)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The first sight of stream " + stream + " of " + table + " cannot be noted"));
  }

  /** The streams that a table had before this one, oldest first, as far as the lake saw them. */
  public List<StreamLedger> earlier(ObjectStore store, Lake lake, TableName table) {
    return all(store, lake, table).stream()
        .filter(ledger -> ledger.stream().compareTo(stream) < 0)
        .toList();
  }

  /** The streams that a table ever had, oldest first, as far as the lake saw them. */
  public static List<StreamLedger> all(ObjectStore store, Lake lake, TableName table) {
    List<StreamLedger> all = new ArrayList<>();
    List<ObjectKey> keys;
    try (Stream<StoredObject> objects = store.list(lake.streams(table), "")) {
      keys = objects.map(StoredObject::key).toList();
    }
    for (ObjectKey key : keys) {
      read(store, key).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<StreamLedger> read(ObjectStore store, ObjectKey key) {
    return store.get(key).map(content -> parse(key, content));
  }

  private static StreamLedger parse(ObjectKey key, byte[] content) {
    try {
      JsonNode json = JSON.readTree(content);
      Set<ShardId> roots = new HashSet<>();
      json.path("roots").forEach(root -> roots.add(new ShardId(root.asText())));
      return new StreamLedger(
          new StreamLabel(json.path("stream").asText()),
          Instant.parse(json.path("firstSeen").asText()),
          roots);
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "Object '" + key + "' does not say when a stream was first seen; restore or delete it",
          e);
    }
  }

  private static byte[] write(TableName table, StreamLedger ledger) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("table", table.value())
            .put("stream", ledger.stream().value())
            .put("firstSeen", ledger.firstSeen().toString());
    ArrayNode roots = json.putArray("roots");
    new TreeSet<>(ledger.roots()).forEach(root -> roots.add(root.value()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
