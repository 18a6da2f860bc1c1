package dev.afterbay.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.aws.Json;
import dev.afterbay.local.export.HistoryException;
import dev.afterbay.local.export.PastChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All changes that there ever were, whatever the shards still hold, with their exact times. The
 * records are the ones that the shards hold too: an entry takes two words.
 */
final class History {
  private final List<byte[]> records = new ArrayList<>();
  private long[] micros = new long[64];
  private boolean kept = true;

  /** A change that says what became of its item; others are no part of a table's history. */
  synchronized void add(Change change, byte[] record) {
    boolean removal = change.operation().name().equals("REMOVE");
    if (!kept || (!removal && change.newImage() == null)) {
      return;
    }
    if (records.size() == micros.length) {
      micros = Arrays.copyOf(micros, 2 * micros.length);
    }
    micros[records.size()] =
        TimeUnit.SECONDS.toMicros(change.at().getEpochSecond()) + change.at().getNano() / 1_000;
    records.add(record);
  }

  synchronized void end() {
    kept = false;
    records.clear();
  }

  List<PastChange> changes() {
    List<byte[]> all;
    long[] times;
    synchronized (this) {
      if (!kept) {
        throw new HistoryException("This scripted stream was told to keep no history");
      }
      all = List.copyOf(records);
      times = micros;
    }
    List<PastChange> changes = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      JsonNode told = Json.read(all.get(i)).path("dynamodb");
      changes.add(
          new PastChange(
              times[i], told.path("Keys"), image(told, "NewImage"), image(told, "OldImage")));
    }
    return changes;
  }

  private static @Nullable JsonNode image(JsonNode told, String field) {
    return told.hasNonNull(field) ? told.path(field) : null;
  }
}
