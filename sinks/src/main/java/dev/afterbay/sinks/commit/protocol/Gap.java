package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.transforms.change.SequenceNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * Records of a shard that are gone for good and were never read. It stands in the shard's log as an
 * entry without records, so that it is recorded once, in its place.
 *
 * @param reason what happened
 * @param before the first record after it; empty if the shard has none, so that its log ends here
 * @param from the {@code cdc_time} of the last record before it, or the best known lower bound
 * @param until the time of the first record after it, or when it was found
 * @param detail for people
 */
public record Gap(
    Reason reason, Optional<SequenceNumber> before, Instant from, Instant until, String detail) {
  /** What happened to the records. */
  public enum Reason {
    /** The stream keeps records for 24 hours, and nobody read these in time. */
    TRIMMED,
    /** The stream no longer lists the shard, and its end was never read. */
    SHARD_VANISHED,
    /** The stream no longer lists the shard's parent, of which nothing was ever read. */
    PARENT_NEVER_READ,
    /** The table has a new stream, and what the old one held at last was never read. */
    STREAM_RECREATED
  }

  /** Checks that time does not go backwards. */
  public Gap {
    if (from.isAfter(until)) {
      throw new IllegalArgumentException("A gap from " + from + " cannot reach until " + until);
    }
  }
}
