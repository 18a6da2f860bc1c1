package dev.afterbay.sinks.rewind;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.transforms.change.ShardId;
import java.time.Instant;
import java.util.Optional;

/**
 * How far logs are to be taken back; if several parts say something, the one that goes further.
 *
 * @param from of each log the first commit with a record at or after this {@code cdc_time} goes,
 *     and all after it
 * @param lastKept of the log that has this commit, all after it go
 * @param only the one shard that is meant; its descendants follow all the same
 */
public record Criterion(
    Optional<Instant> from, Optional<CommitId> lastKept, Optional<ShardId> only) {
  /** Checks that it says something. */
  public Criterion {
    if (from.isEmpty() && lastKept.isEmpty()) {
      throw new IllegalArgumentException("A rewind needs a time or a commit to go back to");
    }
  }
}
