package dev.afterbay.consumer.quarantine;

import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;

/** The log of what came out of a table's quarantine, one for each stream, which never ends. */
final class ReleaseLog {
  private static final ShardId NAME = new ShardId("quarantine");

  private ReleaseLog() {}

  /** The name under which it stands. */
  static StreamShard nameOf(TableName table, StreamLabel stream) {
    return new StreamShard(table, stream, NAME);
  }
}
