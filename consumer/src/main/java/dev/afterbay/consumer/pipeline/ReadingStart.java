package dev.afterbay.consumer.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Since when the records of a table are kept.
 *
 * <p>A stream's own "latest" is wherever the reading happens to begin, and is forgotten if the
 * worker dies before its first checkpoint: what came in between would be lost without a word. So
 * the moment is written into the lake once, and all workers, then and later, keep what came after
 * it.
 *
 * @param notBefore records older than this are not kept
 */
public record ReadingStart(Instant notBefore) {
  /** Every record that the stream still holds. */
  public static final ReadingStart TRIM_HORIZON = new ReadingStart(Instant.EPOCH);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_BEFORE = "notBefore";

  /**
   * The moment when a table was first read: now, to the minute, unless the lake has it already. A
   * table of which the lake holds commits is read on, whatever this application was told.
   *
   * @throws IllegalStateException if the note can be neither written nor read
   */
  public static ReadingStart latest(
      ObjectStore store, Lake lake, TableName table, InstantSource clock) {
    ObjectKey key = lake.start(table);
    Optional<ReadingStart> noted = read(store, key);
    if (noted.isPresent()) {
      return noted.get();
    }
    if (hasCommits(store, lake, table)) {
      return TRIM_HORIZON;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    store.putIfAbsent(key, write(table, now));
    return read(store, key)
        .orElseThrow(
            () -> new IllegalStateException("The start of table " + table + " cannot be noted"));
  }

  /**
   * The moment that was noted for a table; empty if it is read from the stream's oldest record.
   *
   * @throws IllegalStateException if the note cannot be read
   */
  public static Optional<ReadingStart> noted(ObjectStore store, Lake lake, TableName table) {
    return read(store, lake.start(table));
  }

  private static boolean hasCommits(ObjectStore store, Lake lake, TableName table) {
    try (Stream<?> commits = store.list(lake.commits(table), "")) {
      return commits.findAny().isPresent();
    }
  }

  private static Optional<ReadingStart> read(ObjectStore store, ObjectKey key) {
    return store.get(key).map(content -> parse(key, content));
  }

  private static ReadingStart parse(ObjectKey key, byte[] content) {
    try {
      JsonNode note = JSON.readTree(content);
      return new ReadingStart(Instant.parse(note.path(NOT_BEFORE).asText()));
    } catch (IOException | DateTimeParseException e) {
      throw new IllegalStateException(
          "Object '" + key + "' does not say since when the table is read; restore or delete it",
          e);
    }
  }

  private static byte[] write(TableName table, Instant notBefore) {
    try {
      return JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsBytes(
              JSON.createObjectNode()
                  .put("table", table.value())
                  .put(NOT_BEFORE, notBefore.toString()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
