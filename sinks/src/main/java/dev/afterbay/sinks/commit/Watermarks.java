package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.Notices;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The notes up to when shards were read through: a shard that has nothing to tell commits nothing,
 * and yet the lake is complete up to the time of its note. A note that is true once is true for
 * ever, so it does not matter which of several writers comes last; but not if the log is rewound,
 * so each epoch of a log has its own.
 */
public final class Watermarks {
  private static final String BEFORE = "{\"readThrough\":\"";
  private static final String AFTER = "\"}";

  private Watermarks() {}

  /**
   * Notes that every record of a shard that was created before a time is committed, or in a gap
   * that is recorded.
   *
   * @param epoch of the shard's log that has them
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the note cannot be put
   */
  public static void post(
      Notices notices, Lake lake, StreamShard shard, int epoch, Instant through) {
    String note = BEFORE + through + AFTER;
    notices.post(lake.watermark(shard, epoch), note.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Up to when a shard was read through; empty if nobody has said so.
   *
   * @param epoch of the shard's log
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   */
  public static Optional<Instant> find(ObjectStore store, Lake lake, StreamShard shard, int epoch) {
    return store.get(lake.watermark(shard, epoch)).flatMap(Watermarks::time);
  }

  /** A note that cannot be read says nothing; the next one replaces it. */
  private static Optional<Instant> time(byte[] content) {
    String note = new String(content, StandardCharsets.UTF_8);
    if (!note.startsWith(BEFORE) || !note.endsWith(AFTER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Instant.parse(note.substring(BEFORE.length(), note.length() - AFTER.length())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
