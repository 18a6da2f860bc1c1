package dev.afterbay.sinks.derive;

import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Digest;

/**
 * The log of what one generation has of another log by rederivation. Where it stands at a position,
 * the generation has all that the other log says up to there.
 */
public final class DeriveLog {
  private static final String PREFIX = "derive-";

  private DeriveLog() {}

  /**
   * The name under which it stands.
   *
   * @param source the log that is derived from
   * @param folder of the generation's changes
   */
  public static StreamShard nameOf(StreamShard source, String folder) {
    String what = folder + "|" + source.shard().value();
    return new StreamShard(source.table(), source.stream(), new ShardId(PREFIX + Digest.of(what)));
  }

  /** Whether a name is that of such a log. */
  public static boolean is(ShardId shard) {
    return shard.value().startsWith(PREFIX);
  }
}
