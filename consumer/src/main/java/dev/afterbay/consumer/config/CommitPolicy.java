package dev.afterbay.consumer.config;

import java.time.Duration;

/**
 * When a shard's segment is committed: at whichever limit is reached first.
 *
 * @param maxAge how old the first record of a segment may become
 * @param maxBytes how large a segment's files may become
 * @param maxRecords how many records a segment may hold
 */
public record CommitPolicy(Duration maxAge, long maxBytes, long maxRecords) {
  /** Five minutes, 128 MiB, 500,000 records. */
  public static final CommitPolicy DEFAULT =
      new CommitPolicy(Duration.ofMinutes(5), 128L << 20, 500_000);
}
