package dev.afterbay.reconciliation.erase;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.sinks.tostorage.Erasing;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Exports that the lake was made of or held against: copies of all items, of which none is needed
 * for long.
 *
 * @param store where they lie
 * @param erasing deletes there
 * @param prefix of their keys, without a slash at its end
 */
public record OwnExports(ObjectStore store, Erasing erasing, String prefix) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** DynamoDB puts it when all else of the export stands. */
  private static final String SUMMARY = "/manifest-summary.json";

  /**
   * Every object of every export of a table that has come to its end. What tells whose an export is
   * comes last of it: so whoever was killed while deleting finds the rest again.
   */
  List<ObjectKey> objects(TableName table) {
    Map<String, List<ObjectKey>> exports = new LinkedHashMap<>();
    String folder = (prefix.isEmpty() ? "" : prefix + "/") + "AWSDynamoDB/";
    try (Stream<StoredObject> objects = store.list(folder, "")) {
      objects
          .map(StoredObject::key)
          .forEach(
              key -> {
                String export = key.value().substring(folder.length()).replaceFirst("/.*", "");
                exports.computeIfAbsent(export, id -> new ArrayList<>()).add(key);
              });
    }
    List<ObjectKey> objects = new ArrayList<>();
    for (List<ObjectKey> export : exports.values()) {
      List<ObjectKey> summaries =
          export.stream().filter(key -> key.value().endsWith(SUMMARY)).toList();
      if (summaries.stream().anyMatch(summary -> isOf(table, summary))) {
        export.removeAll(summaries);
        objects.addAll(export);
        objects.addAll(summaries);
      }
    }
    return objects;
  }

  private boolean isOf(TableName table, ObjectKey summary) {
    try {
      return JSON.readTree(store.get(summary).orElse(new byte[0]))
          .path("tableArn")
          .asText()
          .endsWith(":table/" + table);
    } catch (IOException e) {
      return false;
    }
  }
}
