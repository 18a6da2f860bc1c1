package dev.afterbay.consumer.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * A value that is looked at again and again.
 *
 * @param since when it was first seen to be what it is
 */
record Still<T>(T value, Instant since) {
  /** The value as it is seen at a later time. */
  Still<T> at(Instant now, T seen) {
    return seen.equals(value) ? this : new Still<>(seen, now);
  }

  /** Whether it has been the same for longer than that. */
  boolean longerThan(Duration limit, Instant now) {
    return age(now).compareTo(limit) > 0;
  }

  Duration age(Instant now) {
    return Duration.between(since, now);
  }
}
