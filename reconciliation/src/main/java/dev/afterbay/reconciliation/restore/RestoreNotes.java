package dev.afterbay.reconciliation.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The notes of which table is restored to which moment, put before its first item is, and of which
 * were verified. They are of one table and not of its name: a later table of that name has others.
 */
final class RestoreNotes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore store;
  private final Lake lake;
  private final TableName table;

  RestoreNotes(ObjectStore store, Lake lake, TableName table) {
    this.store = store;
    this.lake = lake;
    this.table = table;
  }

  /**
   * What a table is being filled with.
   *
   * @param at the moment
   * @param without attributes that are left out
   */
  record Begun(Instant at, Set<String> without) {
    Begun {
      without = Set.copyOf(without);
    }
  }

  /** What a table was verified to hold. */
  record Verified(long items, Instant verifiedAt) {}

  /** What a table is being filled with, if the lake fills it. */
  Optional<Begun> begun(String target, String id) {
    ObjectKey key = lake.restore(table, target, id);
    return store.get(key).map(bytes -> begun(key, bytes));
  }

  /** Notes what a table is going to be filled with; what was noted first counts. */
  Begun begin(String target, String id, Begun begun, Instant now) {
    ObjectNode json = JSON.createObjectNode();
    json.put("table", table.value()).put("target", target).put("at", begun.at().toString());
    new TreeSet<>(begun.without()).forEach(json.putArray("without")::add);
    json.put("begunAt", now.toString());
    store.putIfAbsent(lake.restore(table, target, id), bytes(json));
    return begun(target, id)
        .orElseThrow(
            () -> new RestoreException("The restore cannot be noted in the lake; repeat it"));
  }

  /** Since when a table is known to have held its state, if it was verified. */
  Optional<Verified> verified(String target, String id) {
    ObjectKey key = lake.restored(table, target, id);
    return store.get(key).map(bytes -> verified(key, bytes));
  }

  void verified(String target, String id, Verified verified) {
    ObjectNode json = JSON.createObjectNode();
    json.put("table", table.value()).put("target", target);
    json.put("items", verified.items()).put("verifiedAt", verified.verifiedAt().toString());
    store.putIfAbsent(lake.restored(table, target, id), bytes(json));
  }

  private static Begun begun(ObjectKey key, byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      Set<String> without = new TreeSet<>();
      json.path("without").forEach(name -> without.add(name.asText()));
      return new Begun(Instant.parse(json.path("at").asText()), without);
    } catch (IOException | DateTimeException e) {
      throw damaged(key, e);
    }
  }

  private static Verified verified(ObjectKey key, byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      return new Verified(
          json.path("items").asLong(), Instant.parse(json.path("verifiedAt").asText()));
    } catch (IOException | DateTimeException e) {
      throw damaged(key, e);
    }
  }

  private static RestoreException damaged(ObjectKey key, Exception e) {
    return new RestoreException(
        "The note '" + key + "' of a restore cannot be read; restore into a new table", e);
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
