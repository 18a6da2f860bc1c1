package dev.afterbay.local.e2e;

import dev.afterbay.local.stream.Change;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A scripted table whose changes were all written within the last hours, and what its items were.
 */
final class PastTable {
  private static final GeneratedChanges.Shape SHAPE =
      new GeneratedChanges.Shape(1_000, 0.5, 200, 0.25, 0.2, 0);

  private final ScriptedStream stream;
  private final GeneratedChanges changes;
  private final List<Change> made = new ArrayList<>();
  private final Instant start =
      InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(2));
  private Instant time = start;

  /** An empty table with a stream of two shards. */
  PastTable(String name, long seed) {
    stream =
        new ScriptedStream(
            ScriptedTable.named(name), StreamSettings.seeded(seed), InstantSource.system());
    stream.enable(2);
    changes = new GeneratedChanges(stream.table(), SHAPE, seed, () -> time);
  }

  ScriptedStream stream() {
    return stream;
  }

  TableName name() {
    return stream.table().name();
  }

  /** A moment, told as minutes after the first that this table knows. */
  Instant minute(int minutes) {
    return start.plus(Duration.ofMinutes(minutes));
  }

  /** Changes items, evenly between two moments; times of records are to the second. */
  void write(int records, Instant from, Instant to) {
    long millis = Duration.between(from, to).toMillis();
    for (int i = 0; i < records; i++) {
      time = from.plusMillis(millis * i / records);
      Change change = changes.get();
      made.add(change);
      stream.append(change);
    }
  }

  /** Takes all records away that the open shards hold. */
  void trimAll() {
    stream.openShards().forEach(shard -> stream.trim(shard, Long.MAX_VALUE));
  }

  /** Ends every open shard, each with two children that share its keys. */
  void splitAll() {
    stream.openShards().forEach(stream::split);
  }

  /** Takes all records away that any shard holds, those that have ended too. */
  void trimEverything() {
    stream.account().shards().forEach(shard -> stream.trim(shard, Long.MAX_VALUE));
  }

  /** The number of each item's last version at the end of a second, by key. */
  Map<String, String> itemsAt(Instant second) {
    Map<String, String> items = new TreeMap<>();
    for (Change change : made) {
      if (change.at().isBefore(second.plusSeconds(1))) {
        String key = Objects.requireNonNull(change.keys().get("PK")).s();
        Map<String, AttributeValue> image = change.newImage();
        if (image == null) {
          items.remove(key);
        } else {
          items.put(key, Objects.requireNonNull(image.get("Version")).n());
        }
      }
    }
    return items;
  }

  /** The items at the end of a second, by key, in a form that can be compared. */
  Map<String, Map<String, AttributeValue>> imagesAt(Instant second) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    for (Change change : made) {
      if (change.at().isBefore(second.plusSeconds(1))) {
        String key = keyOf(change.keys());
        Map<String, AttributeValue> image = change.newImage();
        if (image == null) {
          items.remove(key);
        } else {
          items.put(key, comparable(image));
        }
      }
    }
    return items;
  }

  /** What tells items apart. */
  static String keyOf(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get("PK")).s()
        + "|"
        + Objects.requireNonNull(item.get("SK")).s();
  }

  /** Sets of an item have no order: here they have one. */
  static Map<String, AttributeValue> comparable(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> sorted = new TreeMap<>();
    item.forEach(
        (name, value) ->
            sorted.put(
                name,
                value.hasSs()
                    ? AttributeValue.fromSs(value.ss().stream().sorted().toList())
                    : value.hasNs()
                        ? AttributeValue.fromNs(value.ns().stream().sorted().toList())
                        : value));
    return sorted;
  }
}
