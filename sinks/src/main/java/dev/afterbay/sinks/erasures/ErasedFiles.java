package dev.afterbay.sinks.erasures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.ObjectStoreException.Kind;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The notes of files of which rows were erased, one for each file and erasure. */
public final class ErasedFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore store;
  private final Lake lake;

  /** The notes of a lake. */
  public ErasedFiles(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  /**
   * Notes what a file is going to be.
   *
   * @param erasure its name
   * @throws ObjectStoreException if it is not known to be noted: then the file must not be replaced
   */
  public void note(ObjectKey file, String erasure, ErasedFile left) {
    ObjectKey key = lake.erased(file, erasure);
    byte[] note;
    try {
      note =
          JSON.writeValueAsBytes(
              JSON.createObjectNode()
                  .put("size", left.size())
                  .put("rows", left.rows())
                  .put("erased", left.erased()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!(store.putIfAbsent(key, note) instanceof PutAnswer.Created)) {
      throw new ObjectStoreException(
          Kind.UNAVAILABLE, "It is not known whether '" + key + "' was put; repeat the command");
    }
  }

  /**
   * What a file may be by erasures, instead of what was committed.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if a note cannot be read
   */
  public List<ErasedFile> of(ObjectKey file) {
    List<ErasedFile> files = new ArrayList<>();
    try (Stream<StoredObject> notes = store.list(lake.erased(file), "")) {
      notes.forEach(note -> store.get(note.key()).ifPresent(json -> files.add(read(note, json))));
    }
    return files;
  }

  private static ErasedFile read(StoredObject note, byte[] content) {
    try {
      JsonNode json = JSON.readTree(content);
      return new ErasedFile(
          json.required("size").asLong(),
          json.required("rows").asLong(),
          json.required("erased").asLong());
    } catch (IOException | IllegalArgumentException e) {
      throw new LakeException(
          "The note '" + note.key() + "' of an erasure is damaged: " + e.getMessage(), e);
    }
  }
}
