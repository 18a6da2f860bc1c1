package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When a segment of a derivation is committed.
 *
 * @param policy by what it holds
 * @param memory by how much of the heap it takes, in bytes
 * @param clock by which ages are told
 */
public record DeriveLimits(RollPolicy policy, long memory, InstantSource clock) {
  /** Limits for a process that has so much of the heap for segments. */
  public static DeriveLimits of(long memory, InstantSource clock) {
    return new DeriveLimits(
        new RollPolicy(Duration.ofMinutes(5), 128L << 20, 500_000), memory, clock);
  }

  boolean isReached(Segment segment) {
    Instant now = clock.instant();
    return policy.isDue(segment, now) || segment.memory() > memory;
  }
}
