package dev.afterbay.sinks.generations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.generations.Generation.Coverage;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The notes of a lake's generations. Each is put if absent and never changes, so that all processes
 * see one history. Any thread may use it.
 */
public final class GenerationNotes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CURRENT = "current";
  private static final String DROPPED = "dropped";
  private static final String SNAPSHOT = "snapshot-";
  private static final Pattern NAME = Pattern.compile("([^/]+)/([0-9]{6})(?:\\.([^/.]+))?\\.json");

  private final ObjectStore store;
  private final Lake lake;
  private final Map<ObjectKey, Generation> known = new ConcurrentHashMap<>();

  /** The notes of a lake. */
  public GenerationNotes(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  /** What the name of a note says. */
  private record Note(ObjectKey key, String entity, int number, String what) {}

  /**
   * What is noted of the typed tables of a source table, by entity: one listing, and a reading of
   * each generation that this object has not seen yet.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if a note is damaged
   */
  public Map<String, Generations> of(TableName table) {
    Map<String, List<Generation>> all = new TreeMap<>();
    Map<String, Set<Integer>> switched = new HashMap<>();
    Map<String, Set<Integer>> dropped = new HashMap<>();
    for (Note note : notes(table)) {
      switch (note.what()) {
        case "" ->
            all.computeIfAbsent(note.entity(), e -> new ArrayList<>()).add(read(table, note));
        case CURRENT ->
            switched.computeIfAbsent(note.entity(), e -> new HashSet<>()).add(note.number());
        case DROPPED ->
            dropped.computeIfAbsent(note.entity(), e -> new HashSet<>()).add(note.number());
        default -> {}
      }
    }
    Map<String, Generations> generations = new TreeMap<>();
    all.forEach(
        (entity, each) ->
            generations.put(
                entity,
                new Generations(
                    each,
                    switched.getOrDefault(entity, Set.of()),
                    dropped.getOrDefault(entity, Set.of()))));
    return generations;
  }

  /** What is noted of one entity. */
  public Generations of(TableName table, String entity) {
    return of(table).getOrDefault(entity, Generations.NONE);
  }

  /** How far back a generation goes that begins now: to the first change if there is none yet. */
  public Coverage fromNowOn(TableName table) {
    try (Stream<StoredObject> commits = store.list(lake.commits(table), "")) {
      return commits.findFirst().isEmpty() ? Coverage.WHOLE : Coverage.UNKNOWN;
    }
  }

  /**
   * Puts the note of a generation, or finds one of its number.
   *
   * @return the one that stands, which may have another definition
   * @throws ObjectStoreException if it is not known which stands
   */
  public Generation publish(Generation generation) {
    ObjectKey key =
        lake.generation(generation.table(), generation.entity(), generation.number(), "");
    put(key, write(generation));
    return read(generation.table(), new Note(key, generation.entity(), generation.number(), ""));
  }

  /** Notes that a generation is whole, and from now on the one to ask. */
  public void makeCurrent(Generation generation, Instant now) {
    mark(generation, CURRENT, now);
  }

  /** Notes that the files of a generation may be gone from now on. */
  public void drop(Generation generation, Instant now) {
    mark(generation, DROPPED, now);
  }

  /** Notes that a generation has its part of a snapshot, all of it. */
  public void holds(Generation generation, Instant snapshot, Instant now) {
    mark(generation, SNAPSHOT + Lake.moment(snapshot), now);
  }

  /** The folders of the generations that are noted to have all of a snapshot. */
  public Set<String> holders(TableName table, Instant snapshot) {
    Set<String> holders = new HashSet<>();
    for (Note note : notes(table)) {
      if (note.what().equals(SNAPSHOT + Lake.moment(snapshot))) {
        holders.add(Generation.folder(note.entity(), note.number()));
      }
    }
    return holders;
  }

  private List<Note> notes(TableName table) {
    String prefix = lake.generations(table);
    List<Note> notes = new ArrayList<>();
    try (Stream<StoredObject> objects = store.list(prefix, "")) {
      objects.forEach(
          object -> {
            Matcher name = NAME.matcher(object.key().value().substring(prefix.length()));
            if (name.matches()) {
              String what = name.group(3) == null ? "" : name.group(3);
              notes.add(
                  new Note(object.key(), name.group(1), Integer.parseInt(name.group(2)), what));
            }
          });
    }
    notes.sort(Comparator.comparing(Note::entity).thenComparing(Note::number));
    return notes;
  }

  private void mark(Generation generation, String what, Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("at", now.toString());
    put(
        lake.generation(generation.table(), generation.entity(), generation.number(), what),
        json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void put(ObjectKey key, byte[] content) {
    if (store.putIfAbsent(key, content) instanceof PutAnswer.Unknown unknown
        && store.head(key).isEmpty()) {
      throw new ObjectStoreException(
          ObjectStoreException.Kind.UNAVAILABLE,
          "It is not known whether the note '"
              + key
              + "' was put ("
              + unknown.why()
              + "); repeat the command");
    }
  }

  private Generation read(TableName table, Note note) {
    Generation seen = known.get(note.key());
    if (seen != null) {
      return seen;
    }
    byte[] bytes =
        store
            .get(note.key())
            .orElseThrow(() -> new LakeException("The note '" + note.key() + "' has vanished"));
    Generation read = parse(table, note, bytes);
    known.put(note.key(), read);
    return read;
  }

  private static Generation parse(TableName table, Note note, byte[] bytes) {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      Generation read =
          new Generation(
              table,
              note.number(),
              DefinitionJson.read(json.path("definition")),
              Coverage.valueOf(DefinitionJson.text(json, "coverage")),
              json.hasNonNull("begunAt")
                  ? Optional.of(Instant.parse(DefinitionJson.text(json, "begunAt")))
                  : Optional.empty());
      if (!read.entity().equals(note.entity())) {
        throw new IllegalArgumentException("it is of '" + read.entity() + "'");
      }
      return read;
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw new LakeException(
          "The note '"
              + note.key()
              + "' is damaged or of a newer version of Afterbay: "
              + e.getMessage()
              + "; restore it from the bucket's versions, or upgrade",
          e);
    }
  }

  private static byte[] write(Generation generation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table", generation.table().value());
    json.put("folder", generation.folder());
    json.put("begunAt", generation.begunAt().map(Instant::toString).orElse(null));
    json.put("coverage", generation.coverage().name());
    json.set("definition", DefinitionJson.write(generation.definition()));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
