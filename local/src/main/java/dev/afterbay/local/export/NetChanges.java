package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of a history at one moment, or of one stretch of it. An item's changes count in the
 * order in which they were made; times only say which of them count.
 */
final class NetChanges {
  private static final long MICROS = 1_000_000;

  private NetChanges() {}

  /** {@code {"Item":{…}}} of each item that there was, writes of that very moment included. */
  static List<ExportLine> stateAt(List<PastChange> history, Instant at) {
    long last = at.getEpochSecond() * MICROS;
    Map<JsonNode, JsonNode> items = new LinkedHashMap<>();
    for (PastChange change : history) {
      if (change.micros() > last) {
        continue;
      }
      JsonNode image = change.newImage();
      if (image == null) {
        items.remove(change.keys());
      } else {
        items.put(change.keys(), image);
      }
    }
    List<ExportLine> lines = new ArrayList<>(items.size());
    items.forEach(
        (keys, image) -> lines.add(new ExportLine(keys, ExportJson.object().set("Item", image))));
    return lines;
  }

  /**
   * {@code {"Metadata":…,"Keys":…,"OldImage":…,"NewImage":…}} of each item that was written from a
   * moment on and before another. The old image is the one before the first of the writes, the new
   * one and the time are those of the last. An item that was there neither before nor after has no
   * line; one that is what it was before has.
   */
  static List<ExportLine> between(
      List<PastChange> history, Instant from, Instant to, boolean oldImages) {
    Map<JsonNode, Net> nets = new LinkedHashMap<>();
    for (PastChange change : history) {
      if (change.micros() >= from.getEpochSecond() * MICROS
          && change.micros() < to.getEpochSecond() * MICROS) {
        nets.merge(change.keys(), new Net(change, change), (net, next) -> net.then(change));
      }
    }
    return nets.values().stream()
        .filter(Net::visible)
        .map(net -> new ExportLine(net.last().keys(), net.json(oldImages)))
        .toList();
  }

  private record Net(PastChange first, PastChange last) {
    Net then(PastChange next) {
      return new Net(first, next);
    }

    boolean visible() {
      return first.oldImage() != null || last.newImage() != null;
    }

    JsonNode json(boolean oldImage) {
      ObjectNode line = ExportJson.object();
      line.putObject("Metadata")
          .putObject("WriteTimestampMicros")
          .put("N", Long.toString(last.micros()));
      line.set("Keys", last.keys());
      if (oldImage && first.oldImage() != null) {
        line.set("OldImage", first.oldImage());
      }
      if (last.newImage() != null) {
        line.set("NewImage", last.newImage());
      }
      return line;
    }
  }
}
