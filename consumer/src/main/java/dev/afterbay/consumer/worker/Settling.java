package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.pipeline.LostShards;
import dev.afterbay.consumer.pipeline.TablePipelines;
import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * Settles what the stream, the commit log and the leases say differently of the shards of a table.
 * The log is right about what is in the lake, the stream about what can still be read; the leases
 * are made to fit.
 */
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

  /** About the life of a shard: then there is something new to note. */
  private static final Duration NOTING = Duration.ofHours(4);

  private final StreamShards shards;
  private final LostShards lost;
  private final LeaseRepair leases;
  private final Runnable writeLeases;
  private final TablePipelines pipelines;
  private final InstantSource clock;
  private Instant noted;
  private final Set<ShardId> ended = ConcurrentHashMap.newKeySet();

  /**
   * Settles what concerns one table.
   *
   * @param writeLeases writes a lease for each shard that has none, or throws
   */
  Settling(
      StreamShards shards,
      LostShards lost,
      LeaseRepair leases,
      Runnable writeLeases,
      TablePipelines pipelines,
      InstantSource clock) {
    this.shards = shards;
    this.lost = lost;
    this.leases = leases;
    this.writeLeases = writeLeases;
    this.pipelines = pipelines;
    this.clock = clock;
    this.noted = clock.instant();
  }

  /** Before anything is read. */
  void beforeReading() {
    Set<ShardId> listed = shards.listed().keySet();
    lost.record(listed, shards::readable);
    leases.dropForgotten(listed);
    leases.reopenUnfinished(listed, this::ended);
    try {
      writeLeases.run();
    } catch (IllegalStateException e) {
      LOG.warn("Not all shards have a lease yet; that is seen to while reading", e);
    }
  }

  /** From time to time while the table is read. */
  void whileReading() {
    try {
      Map<ShardId, Shard> listed = shards.listed();
      leases.reopenUnfinished(listed.keySet(), this::ended);
      if (leases.lacking(listed.keySet()).stream().anyMatch(shard -> due(shard, listed))) {
        LOG.warn("A shard has no lease; leases are written for all that have none");
        writeLeases.run();
      }
      noteSettled(listed.keySet());
    } catch (SdkException e) {
      LOG.debug("The leases cannot be looked at now", e);
    }
  }

  private void noteSettled(Set<ShardId> listed) {
    Instant now = clock.instant();
    if (!now.isBefore(noted.plus(NOTING))) {
      noted = now;
      lost.noteSettled(listed);
    }
  }

  /** Whether a shard is to be read now: it has not ended, and what it continues has. */
  private boolean due(ShardId shard, Map<ShardId, Shard> listed) {
    return !ended(shard)
        && Optional.ofNullable(listed.get(shard))
            .map(Shard::parentShardId)
            .map(ShardId::new)
            .filter(listed::containsKey)
            .map(this::ended)
            .orElse(true);
  }

  /** A log that has ended stays so. */
  private boolean ended(ShardId shard) {
    if (!ended.contains(shard) && pipelines.ended(shard)) {
      ended.add(shard);
    }
    return ended.contains(shard);
  }
}
