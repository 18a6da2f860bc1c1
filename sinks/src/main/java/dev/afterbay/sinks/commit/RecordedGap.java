package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A gap as a table's lake has it on record.
 *
 * @param shard in whose log it stands
 * @param after the last position before it
 * @param gap what is missing
 * @param commit that recorded it
 * @param recordedAt by that writer's clock
 */
public record RecordedGap(
    StreamShard shard, SequenceNumber after, Gap gap, CommitId commit, Instant recordedAt) {
  /**
   * The gaps of a table.
   *
   * @param gaps by stream, shard and position
   * @param problems objects that tell of a gap and cannot be read, each with its reason
   */
  public record All(List<RecordedGap> gaps, List<String> problems) {
    /** Copies the lists. */
    public All {
      gaps = List.copyOf(gaps);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads every gap of a table.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   */
  public static All readAll(ObjectStore store, Lake lake, TableName table) {
    List<RecordedGap> gaps = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<ObjectKey> keys;
    try (Stream<StoredObject> objects = store.list(lake.gaps(table), "")) {
      keys = objects.map(StoredObject::key).toList();
    }
    for (ObjectKey key : keys) {
      try {
        gaps.add(GapJson.readObject(store.get(key).orElse(new byte[0])));
      } catch (UnreadableEntryException e) {
        problems.add("The gap in '" + key + "' cannot be read: " + e.getMessage());
      }
    }
    return new All(gaps, problems);
  }
}
