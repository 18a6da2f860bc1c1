package dev.afterbay.local.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that goes on by one step each time it is asked, so that a generated history has a rate of
 * its own, whenever it is made.
 */
public final class SteadyClock implements InstantSource {
  private final Duration step;
  private Instant next;

  private SteadyClock(Instant start, Duration step) {
    this.next = start;
    this.step = step;
  }

  /** So many steps a second. */
  public static SteadyClock perSecond(Instant start, long steps) {
    return new SteadyClock(start, Duration.ofSeconds(1).dividedBy(steps));
  }

  @Override
  public synchronized Instant instant() {
    Instant now = next;
    next = next.plus(step);
    return now;
  }
}
