package dev.afterbay.consumer.worker;

import dev.afterbay.sinks.commit.Watermarks;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.Notices;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the notes up to when shards were read through, of each shard one now and then. A shard that
 * commits needs none.
 */
final class ReadThrough {
  private static final Logger LOG = LoggerFactory.getLogger(ReadThrough.class);

  /** A note costs a request; who waits for one has waited minutes for an export. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Notices notices;
  private final Lake lake;
  private final Duration interval;
  private final Map<StreamShard, Instant> noted = new ConcurrentHashMap<>();

  /**
   * Notes about the shards of one lake.
   *
   * @param commitAge after which a segment is committed: no need to be more often
   */
  ReadThrough(Notices notices, Lake lake, Duration commitAge) {
    this.notices = notices;
    this.lake = lake;
    this.interval = commitAge.compareTo(LONGEST) < 0 ? commitAge : LONGEST;
  }

  /**
   * A shard was read through; a note that fails is put again later.
   *
   * @param epoch of its log
   */
  void note(StreamShard shard, int epoch, Instant through) {
    Instant before = noted.getOrDefault(shard, Instant.EPOCH);
    if (through.isBefore(before.plus(interval))) {
      return;
    }
    noted.put(shard, through);
    try {
      Watermarks.post(notices, lake, shard, epoch, through);
    } catch (ObjectStoreException e) {
      LOG.atWarn()
          .addKeyValue("event", "watermark-failed")
          .addKeyValue("table", shard.table())
          .addKeyValue("shardId", shard.shard())
          .log("It could not be noted up to when the shard was read through: {}", e.getMessage());
    }
  }
}
