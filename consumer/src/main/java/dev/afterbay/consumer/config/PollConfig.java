package dev.afterbay.consumer.config;

import java.time.Duration;

/**
 * How shards are read.
 *
 * @param idleLatency how long a record may wait for its reading in a shard in which nothing
 *     happened for a while; the longer, the fewer calls an idle shard costs
 */
public record PollConfig(Duration idleLatency) {
  /** Ten seconds. */
  public static final PollConfig DEFAULT = new PollConfig(Duration.ofSeconds(10));

  /** What is left of a worker's patience when a shard rests for as long as it may. */
  static final int RESTS_OF_A_PATIENCE = 3;
}
