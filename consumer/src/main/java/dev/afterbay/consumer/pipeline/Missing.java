package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.transforms.change.SequenceNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * Records that are known to be gone, before it is known which one comes after them.
 *
 * @param reason what happened to them
 * @param from the time of the last record before them
 * @param detail for people
 */
record Missing(Gap.Reason reason, Instant from, String detail) {
  /** The gap, once the first record after it is there. */
  Gap before(SequenceNumber record, Instant created) {
    return new Gap(reason, Optional.of(record), from, later(created), detail);
  }

  /** The gap after which the shard has no record. */
  Gap untilEnd(Instant now) {
    return new Gap(reason, Optional.empty(), from, later(now), detail);
  }

  private Instant later(Instant time) {
    return time.isAfter(from) ? time : from;
  }
}
