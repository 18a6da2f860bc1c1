package dev.afterbay.consumer.status;

import dev.afterbay.transforms.change.ShardId;
import java.util.Optional;
import java.util.Set;

/**
 * A worker's hold on a shard, as the lease table has it.
 *
 * @param shard the shard
 * @param owner the worker that holds it, if one does
 * @param checkpoint a sequence number, or {@code TRIM_HORIZON}, {@code LATEST}, {@code SHARD_END}
 * @param parents the shards that it continues
 * @param counter changes whenever the owner renews its hold
 */
public record Lease(
    ShardId shard,
    Optional<String> owner,
    String checkpoint,
    Set<ShardId> parents,
    String counter) {
  private static final String SHARD_END = "SHARD_END";

  /** Copies the parents. */
  public Lease {
    parents = Set.copyOf(parents);
  }

  /** Whether the shard was read to its end. */
  public boolean ended() {
    return SHARD_END.equals(checkpoint);
  }
}
