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

  /** Whether the segment is to be committed now; never true of an empty one. */
  public boolean isDue(Segment segment, Instant now) {
    return segment.records() >= maxRecords
        || segment.bytes() >= maxBytes
        || segment.oldest().filter(oldest -> !now.isBefore(oldest.plus(maxAge))).isPresent();
  }
}
