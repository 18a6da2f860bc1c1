package dev.afterbay.sinks.tocatalog;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The days among which engines look for partitions, such as {@code 2026-11-19,NOW}. */
final class ProjectedDays {
  /** The property. */
  static final String RANGE = "projection.dt.range";

  private ProjectedDays() {}

  /** The range that starts earlier; one whose start is no day was put there by a person. */
  static String wider(Optional<String> held, String wanted) {
    return held.filter(range -> !startsLater(range, wanted)).orElse(wanted);
  }

  private static boolean startsLater(String held, String wanted) {
    Optional<LocalDate> start = start(held);
    return start.isPresent() && start.get().isAfter(start(wanted).orElse(LocalDate.MAX));
  }

  /** The first day; empty if a person put something else there. */
  static Optional<LocalDate> start(String range) {
    try {
      return Optional.of(LocalDate.parse(range.split(",", 2)[0].strip()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
