package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.Notices;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The notes of committed files that were made once more. Their rows are the same, but another
 * program, or a newer schema, may have made them larger or smaller than the log says.
 */
public final class RemadeFiles {
  private static final String BEFORE = "{\"size\":";
  private static final String AFTER = "}";

  private RemadeFiles() {}

  /**
   * Notes the size of a file that is made once more, before it is visible.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the note cannot be put
   */
  public static void note(Notices notices, Lake lake, ObjectKey file, long size) {
    notices.post(lake.remade(file), (BEFORE + size + AFTER).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The size of a file that was made once more; empty if it was not.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   */
  public static OptionalLong size(ObjectStore store, Lake lake, ObjectKey file) {
    return store
        .get(lake.remade(file))
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .filter(note -> note.matches("\\{\"size\":[0-9]{1,18}}"))
        .map(note -> note.substring(BEFORE.length(), note.length() - AFTER.length()))
        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
        .orElse(OptionalLong.empty());
  }
}
