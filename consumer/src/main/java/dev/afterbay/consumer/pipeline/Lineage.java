package dev.afterbay.consumer.pipeline;

import dev.afterbay.transforms.change.ShardId;
import java.util.Optional;

/** What the shards of one stream continue, as the stream tells now. */
public interface Lineage {
  /** The shard that a shard continues; empty if it continues none, or is itself forgotten. */
  Optional<Parent> parentOf(ShardId shard);

  /**
   * A shard that another one continues.
   *
   * @param shard the parent
   * @param standing whether its records can still be read
   */
  record Parent(ShardId shard, Standing standing) {}

  /** Whether the stream still has a shard. */
  enum Standing {
    /** The stream lists it. */
    LISTED,
    /** Only its children name it. */
    FORGOTTEN
  }
}
