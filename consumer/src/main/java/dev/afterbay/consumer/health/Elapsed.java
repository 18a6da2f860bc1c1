package dev.afterbay.consumer.health;

import java.time.Duration;
import java.time.Instant;

/** Time that went by, never less than none, and its spelling for people. */
final class Elapsed {
  private Elapsed() {}

  /** None when {@code end} comes first: clocks differ. */
  static Duration between(Instant start, Instant end) {
    Duration elapsed = Duration.between(start, end);
    return elapsed.isNegative() ? Duration.ZERO : elapsed;
  }

  /** The two largest units, such as {@code 3 min 20 s}. */
  static String words(Duration elapsed) {
    if (elapsed.toDays() > 0) {
      return elapsed.toDays() + " d " + elapsed.toHoursPart() + " h";
    }
    if (elapsed.toHours() > 0) {
      return elapsed.toHours() + " h " + elapsed.toMinutesPart() + " min";
    }
    if (elapsed.toMinutes() > 0) {
      return elapsed.toMinutes() + " min " + elapsed.toSecondsPart() + " s";
    }
    return elapsed.toSeconds() + " s";
  }
}
