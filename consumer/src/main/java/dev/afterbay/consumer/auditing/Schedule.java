package dev.afterbay.consumer.auditing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a table is audited: at the multiples of a duration since the epoch, whoever asks. What was
 * missed is made up for by the last of them alone; a table that was never audited begins with the
 * first one in this process's life, because before that there may have been no lake.
 *
 * @param every the duration, in seconds
 * @param begun when this process began
 */
record Schedule(Duration every, Instant begun) {
  /** Clocks differ a little, and an export cannot show what is still to come. */
  private static final Duration JUST_NOW = Duration.ofSeconds(5);

  /**
   * The moment of the audit that is due.
   *
   * @param newest the moment of the newest audit, if there is any
   */
  Optional<Instant> due(Instant now, Optional<Instant> newest) {
    long seconds = now.minus(JUST_NOW).getEpochSecond();
    Instant last = Instant.ofEpochSecond(seconds - Math.floorMod(seconds, every.toSeconds()));
    return newest.map(last::isAfter).orElse(!last.isBefore(begun))
        ? Optional.of(last)
        : Optional.empty();
  }
}
