package dev.afterbay.sinks.snapshots;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The notes of a lake's snapshots: which were begun, and which are complete. */
public final class SnapshotNotes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = ".json";
  private static final String BEGUN = ".begun.json";

  private final ObjectStore store;
  private final Lake lake;

  /** The notes of a lake. */
  public SnapshotNotes(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  /**
   * The moments of a table's complete snapshots, oldest first.
   *
   * @throws ObjectStoreException if the store gives no answer
   */
  public List<Instant> moments(TableName table) {
    return moments(table, JSON);
  }

  /**
   * The moment of the newest snapshot that was begun, if it is not complete and newer than all that
   * are: the one to go on with.
   *
   * @throws ObjectStoreException if the store gives no answer
   */
  public Optional<Instant> unfinished(TableName table) {
    List<Instant> complete = moments(table);
    Instant newest = complete.isEmpty() ? Instant.MIN : complete.get(complete.size() - 1);
    return moments(table, BEGUN).stream()
        .filter(newest::isBefore)
        .reduce((earlier, later) -> later);
  }

  /**
   * Notes which export a snapshot is made of, before any of it is in the lake. Another export of
   * the same moment may hold the items in another order, so the first one noted is the only one.
   *
   * @return the ARN that stands: the given one, or that of whoever came first
   * @throws ObjectStoreException if it is not known which stands
   */
  public String begin(TableName table, Instant exportedAt, String export) {
    ObjectKey key = lake.snapshotBegun(table, exportedAt);
    store.putIfAbsent(key, write(table, exportedAt, export));
    return begun(table, exportedAt)
        .orElseThrow(
            () ->
                new ObjectStoreException(
                    ObjectStoreException.Kind.UNAVAILABLE,
                    "The note '" + key + "' was not put; repeat the command"));
  }

  /**
   * The ARN of the export that a snapshot is made of, if it was begun.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if its note cannot be read
   */
  public Optional<String> begun(TableName table, Instant exportedAt) {
    ObjectKey key = lake.snapshotBegun(table, exportedAt);
    return store.get(key).map(bytes -> read(table, key, bytes).export());
  }

  private List<Instant> moments(TableName table, String ending) {
    String prefix = lake.snapshots(table);
    try (Stream<StoredObject> notes = store.list(prefix, "")) {
      return notes
          .map(note -> note.key().value().substring(prefix.length()))
          .filter(name -> name.matches("[0-9]{8}T[0-9]{6}Z" + Pattern.quote(ending)))
          .map(name -> Lake.momentOf(name.substring(0, name.length() - ending.length())))
          .toList();
    }
  }

  /**
   * A table's complete snapshots, oldest first; all but the newest by their moments alone, so that
   * one note is read.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if the newest note cannot be read
   */
  public List<CompleteSnapshot> all(TableName table) {
    List<CompleteSnapshot> all = new ArrayList<>();
    for (Instant moment : moments(table)) {
      all.add(new CompleteSnapshot(table, moment, "", 0, Set.of()));
    }
    if (!all.isEmpty()) {
      int last = all.size() - 1;
      find(table, all.get(last).exportedAt()).ifPresent(newest -> all.set(last, newest));
    }
    return all;
  }

  /**
   * The newest complete snapshot of a table.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if its note cannot be read
   */
  public Optional<CompleteSnapshot> newest(TableName table) {
    List<Instant> moments = moments(table);
    return moments.isEmpty() ? Optional.empty() : find(table, moments.get(moments.size() - 1));
  }

  /**
   * The snapshot of a moment, if it is complete.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if its note cannot be read
   */
  public Optional<CompleteSnapshot> find(TableName table, Instant exportedAt) {
    ObjectKey key = lake.snapshot(table, exportedAt);
    return store.get(key).map(bytes -> read(table, key, bytes));
  }

  /**
   * Notes that a snapshot is complete; that it is noted already is no error.
   *
   * @throws ObjectStoreException if it is not known whether the note stands
   */
  public void complete(CompleteSnapshot snapshot) {
    ObjectKey key = lake.snapshot(snapshot.table(), snapshot.exportedAt());
    if (store.putIfAbsent(key, write(snapshot)) instanceof PutAnswer.Unknown
        && store.head(key).isEmpty()) {
      throw new ObjectStoreException(
          ObjectStoreException.Kind.UNAVAILABLE,
          "It is not known whether the note '" + key + "' was put; repeat the command");
    }
  }

  private static byte[] write(CompleteSnapshot snapshot) {
    ObjectNode json = common(snapshot.table(), snapshot.exportedAt(), snapshot.export());
    json.put("items", snapshot.items());
    new TreeSet<>(snapshot.entities()).forEach(json.putArray("entities")::add);
    return bytes(json);
  }

  private static byte[] write(TableName table, Instant exportedAt, String export) {
    return bytes(common(table, exportedAt, export));
  }

  private static ObjectNode common(TableName table, Instant exportedAt, String export) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table", table.value());
    json.put("exportedAt", exportedAt.toString());
    json.put("export", export);
    return json;
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A note can always be written", e);
    }
  }

  private static CompleteSnapshot read(TableName table, ObjectKey key, byte[] bytes) {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      Set<String> entities = new TreeSet<>();
      json.path("entities").forEach(entity -> entities.add(entity.asText()));
      return new CompleteSnapshot(
          table,
          Instant.parse(json.path("exportedAt").asText()),
          json.path("export").asText(),
          json.path("items").asLong(),
          entities);
    } catch (IOException | DateTimeException e) {
      throw new LakeException(
          "The note '"
              + key
              + "' is damaged: "
              + e.getMessage()
              + "; delete it, then repeat the"
              + " snapshot, which goes on from what is in the lake",
          e);
    }
  }
}
