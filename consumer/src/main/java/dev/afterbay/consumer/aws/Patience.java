package dev.afterbay.consumer.aws;

import java.time.Duration;

/** How long a client tries before it gives up. */
public enum Patience {
  /** For a person who waits: even two calls in a row against a dead endpoint end in 15 seconds. */
  ANSWER(Duration.ofSeconds(3), Duration.ofSeconds(7), 3),
  /** For work that goes on for hours and moves large objects. */
  WORK(Duration.ofMinutes(2), Duration.ofMinutes(6), 8);

  private final Duration attempt;
  private final Duration call;
  private final int attempts;

  Patience(Duration attempt, Duration call, int attempts) {
    this.attempt = attempt;
    this.call = call;
    this.attempts = attempts;
  }

  Duration attempt() {
    return attempt;
  }

  Duration call() {
    return call;
  }

  int attempts() {
    return attempts;
  }
}
