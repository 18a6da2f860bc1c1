package dev.afterbay.reconciliation.export;

import java.time.Duration;
import java.time.Instant;

/** What of a table's life an export shows. Times are whole seconds, as DynamoDB takes them. */
public sealed interface Window {
  /** The shortest time that an incremental export may span. */
  Duration SHORTEST = Duration.ofMinutes(15);

  /** The longest time that an incremental export may span. */
  Duration LONGEST = Duration.ofHours(24);

  /** The window in one word or two, the same for equal windows. */
  String text();

  /** All items as they were at a moment. */
  record Full(Instant at) implements Window {
    /** Refuses fractions of a second. */
    public Full {
      requireWholeSeconds(at);
    }

    @Override
    public String text() {
      return "at " + at;
    }
  }

  /**
   * The net change of every item that was written in a span of time.
   *
   * @param from the first moment
   * @param to the first moment after it
   */
  record Incremental(Instant from, Instant to) implements Window {
    /** Refuses fractions of a second, and what DynamoDB's limits refuse. */
    public Incremental {
      requireWholeSeconds(from);
      requireWholeSeconds(to);
      Duration length = Duration.between(from, to);
      if (length.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException(
            "An incremental export spans 15 minutes at least, not from "
                + from
                + " to "
                + to
                + "; begin earlier or end later");
      }
      if (length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "An incremental export spans 24 hours at most, not from "
                + from
                + " to "
                + to
                + "; ask for several, one after the other");
      }
    }

    @Override
    public String text() {
      return "from " + from + " to " + to;
    }
  }

  private static void requireWholeSeconds(Instant time) {
    if (time.getNano() != 0) {
      throw new IllegalArgumentException(
          "An export's times are whole seconds, not " + time + "; leave the fraction out");
    }
  }
}
