package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.StreamShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that was ever committed to a shard's log.
 *
 * @param shard whose log it is
 * @param live the entries that count, in the order of their positions
 * @param last the entry that stands last, which may be a rewind; empty if the log is
 */
public record ShardHistory(StreamShard shard, List<Entry> live, Optional<Entry> last) {
  /** Copies the list. */
  public ShardHistory {
    live = List.copyOf(live);
  }

  /**
   * Reads a log.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if an entry cannot be read
   */
  public static ShardHistory read(LogEntries log, StreamShard shard) {
    List<Entry> entries = new ArrayList<>();
    try (Stream<StoredObject> objects = log.list(shard)) {
      objects.forEach(
          object ->
              log.placeOf(shard, object)
                  .map(log::read)
                  .ifPresent(seen -> entries.add(readable(shard, seen))));
    }
    return new ShardHistory(
        shard,
        live(entries),
        entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1)));
  }

  /**
   * The entries of a log that count.
   *
   * @param entries all of them, in the order of their places
   */
  public static List<Entry> live(List<Entry> entries) {
    List<Entry> live = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.rewind().isPresent()) {
        live.removeIf(entry.rewind().get()::takesBack);
      } else {
        live.add(entry);
      }
    }
    return live;
  }

  /** Whether the log has ended. */
  public boolean ended() {
    return !live.isEmpty() && live.get(live.size() - 1).ends();
  }

  private static Entry readable(StreamShard shard, Observed<Entry> seen) {
    if (seen instanceof Observed.Present<Entry> present) {
      return present.value();
    }
    if (seen instanceof Observed.Unanswered<Entry> unanswered) {
      throw new ObjectStoreException(
          ObjectStoreException.Kind.UNAVAILABLE,
          "The log of " + shard + " cannot be read now: " + unanswered.why());
    }
    throw new LakeException("The log of " + shard + " is damaged: " + seen + "; run fsck");
  }
}
