package dev.afterbay.consumer.status;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How far one shard is in the lake.
 *
 * @param stream the stream's label; empty for a shard that is leased and has no commit yet
 * @param shard the shard
 * @param parents the shards that it continues
 * @param ended whether nothing more can come
 * @param position the last committed record
 * @param records committed
 * @param commits in the shard's log
 * @param completeAt the {@code cdc_time} up to which the lake has this shard's lineage
 * @param committedAt when the last commit was made
 * @param lag of an open shard, now less {@code completeAt}; an idle shard lags too
 * @param owner the worker that holds it
 */
public record ShardProgress(
    Optional<StreamLabel> stream,
    ShardId shard,
    Set<ShardId> parents,
    boolean ended,
    Optional<SequenceNumber> position,
    long records,
    long commits,
    Optional<Instant> completeAt,
    Optional<Instant> committedAt,
    Optional<Duration> lag,
    Optional<String> owner) {
  /** Copies the parents. */
  public ShardProgress {
    parents = Set.copyOf(parents);
  }
}
