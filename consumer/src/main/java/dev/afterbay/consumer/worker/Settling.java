package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.pipeline.LostShards;
import dev.afterbay.consumer.pipeline.TablePipelines;
import dev.afterbay.transforms.change.ShardId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Settles what the stream, the commit log and the leases say differently of the shards of a table.
 * The log is right about what is in the lake, the stream about what can still be read; the leases
 * are made to fit.
 */
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

  private final StreamShards shards;
  private final LostShards lost;
  private final LeaseRepair leases;
  private final TablePipelines pipelines;
  private final Set<ShardId> ended = ConcurrentHashMap.newKeySet();

  Settling(StreamShards shards, LostShards lost, LeaseRepair leases, TablePipelines pipelines) {
    this.shards = shards;
    this.lost = lost;
    this.leases = leases;
    this.pipelines = pipelines;
  }

  /** Before anything is read. */
  void beforeReading() {
    Set<ShardId> listed = shards.listed().keySet();
    lost.record(shard -> listed.contains(shard) || shards.readable(shard));
    leases.dropForgotten(listed);
    leases.reopenUnfinished(listed, this::ended);
  }

  /** From time to time while the table is read. */
  void whileReading() {
    try {
      leases.reopenUnfinished(shards.listed().keySet(), this::ended);
    } catch (SdkException e) {
      LOG.debug("The leases cannot be looked at now", e);
    }
  }

  /** A log that has ended stays so. */
  private boolean ended(ShardId shard) {
    if (!ended.contains(shard) && pipelines.ended(shard)) {
      ended.add(shard);
    }
    return ended.contains(shard);
  }
}
