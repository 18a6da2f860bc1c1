package dev.afterbay.reconciliation.erase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.ObjectStoreException.Kind;
import dev.afterbay.sinks.tostorage.PutAnswer;
import java.io.UncheckedIOException;
import java.util.TreeMap;

/** The records of erasures that came to their end: what was done, and nothing of the items. */
final class ErasureRecords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore store;
  private final Lake lake;

  ErasureRecords(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  /**
   * Puts a record.
   *
   * @throws ObjectStoreException if it is not known whether it stands
   */
  void put(Erasure.Order order, Erased erased) {
    ObjectKey key = lake.erasure(erased.table(), order.name());
    ObjectNode json = JSON.createObjectNode();
    json.put("table", erased.table().value()).put("erasure", order.name());
    json.put("at", order.at().toString()).put("by", order.by());
    json.put("keys", erased.keys()).put("rows", erased.allRows()).put("files", erased.files());
    ObjectNode folders = json.putObject("folders");
    new TreeMap<>(erased.rows()).forEach(folders::put);
    json.put("deletedObjects", erased.deleted()).put("deletedVersions", erased.versions());
    json.put("rowsLeft", erased.left());
    try {
      if (!(store.putIfAbsent(key, JSON.writeValueAsBytes(json)) instanceof PutAnswer.Created)) {
        throw new ObjectStoreException(
            Kind.UNAVAILABLE,
            "It is not known whether the record '" + key + "' was put; repeat the command");
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
