package dev.afterbay.consumer.pipeline;

import dev.afterbay.transforms.change.StreamShard;

/**
 * The stream denied a shard, which its reader takes for the end, and knows it again. Only a new
 * start reads on.
 */
public final class DeniedShardException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeniedShardException(StreamShard shard) {
    super("the stream said that it does not know " + shard + ", and now it does");
  }
}
