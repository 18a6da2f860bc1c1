package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;

/**
 * Is told what happens to the shards of this process. Called from many threads at once; must return
 * at once and never throw.
 */
public interface PipelineObserver {
  /** This worker started to read a shard. */
  void opened(StreamShard shard);

  /** The stream answered a read of the shard, with or without records. */
  void fetched(StreamShard shard);

  /** The stream had nothing more in the shard than what was read: the reader is at its end. */
  void caughtUp(StreamShard shard);

  /**
   * The shard was processed once more, with or without records.
   *
   * @param records new records, those that were already in the lake not counted
   * @param duplicates records that were already in the lake
   */
  void polled(StreamShard shard, int records, int duplicates);

  /** A segment became visible. */
  void committed(StreamShard shard, VisibleSegment segment);

  /**
   * Everything of the shard, and of those that it continues, that was created before a time is in
   * the lake.
   */
  void completeThrough(StreamShard shard, Instant time);

  /** With a segment became visible what was counted of it: what fits no column, or no entity. */
  void counted(StreamShard shard, Tallies tallies);

  /** Records were set aside raw, because they could not be decoded or encoded. */
  void quarantined(StreamShard shard, int records);

  /** A gap was recorded in the shard's log: records are gone that were never read. */
  void gap(StreamShard shard);

  /** The shard ended, and everything in it is in the lake. */
  void ended(StreamShard shard);

  /** This worker no longer reads the shard; another one may. */
  void released(StreamShard shard);
}
