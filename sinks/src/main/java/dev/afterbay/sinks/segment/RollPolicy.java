package dev.afterbay.sinks.segment;

import java.time.Duration;
import java.time.Instant;

/**
 * When a segment is cut: at the first limit that it reaches.
 *
 * @param maxAge since the segment's first record arrived, by the clock
 * @param maxBytes of its files together
 * @param maxRecords in the segment
 */
public record RollPolicy(Duration maxAge, long maxBytes, long maxRecords) {
  private static final Duration SOON = Duration.ofSeconds(3);

  /** Checks that each limit can be reached and leaves room for a record. */
  public RollPolicy {
    if (maxAge.isNegative() || maxAge.isZero() || maxBytes < 1 || maxRecords < 1) {
      throw new IllegalArgumentException(
          "Each limit of a segment must be above zero, not max-age "
              + maxAge
              + ", max-bytes "
              + maxBytes
              + ", max-records "
              + maxRecords);
    }
  }

  /**
   * The policy for the first segment of a shard that was just opened: the same, but cut after
   * seconds, so that a start, a take-over or a new shard shows in the lake at once.
   */
  public RollPolicy firstAfterOpening() {
    return new RollPolicy(maxAge.compareTo(SOON) < 0 ? maxAge : SOON, maxBytes, maxRecords);
  }

  /** Whether the segment is to be committed now; never true of an empty one. */
  public boolean isDue(Segment segment, Instant now) {
    return segment.records() >= maxRecords
        || segment.bytes() >= maxBytes
        || segment.oldest().filter(oldest -> !now.isBefore(oldest.plus(maxAge))).isPresent();
  }
}
