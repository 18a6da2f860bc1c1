package dev.afterbay.consumer.aws;

import java.time.Duration;

/** How long a client tries before it gives up; no call of this program waits for ever. */
public enum Patience {
  /** For a person who waits: even two calls in a row against a dead endpoint end in 15 seconds. */
  ANSWER(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(7), 3),

  /**
   * For leases and the leader's lock: an answer takes milliseconds, and one that is lost must be
   * asked for again before the lease runs out.
   */
  LEASE(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(6), 4),

  /** For reading a stream: a full page takes a second at worst, and a shard waits meanwhile. */
  POLL(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(25), 4),

  /**
   * For the lake: an attempt may move a part of 8 MiB over a slow line, but a connection on which
   * nothing moves is dead; all attempts end before a watchdog with its usual patience looks.
   */
  WORK(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(3), 8);

  private final Duration silence;
  private final Duration attempt;
  private final Duration call;
  private final int attempts;

  Patience(Duration silence, Duration attempt, Duration call, int attempts) {
    this.silence = silence;
    this.attempt = attempt;
    this.call = call;
    this.attempts = attempts;
  }

  /** How long nothing may arrive on a connection that is waited on. */
  Duration silence() {
    return silence;
  }

  /** How long one attempt may take. */
  Duration attempt() {
    return attempt;
  }

  /** How long all attempts together may take. */
  public Duration call() {
    return call;
  }

  int attempts() {
    return attempts;
  }
}
