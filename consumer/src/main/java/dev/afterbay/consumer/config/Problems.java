package dev.afterbay.consumer.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found so far. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(Place place, String message) {
    found.add(new Problem(place, message));
  }

  int count() {
    return found.size();
  }

  /** Throws if there is any mistake: after this line every value that was read is sound. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigurationException(
          found.stream().sorted(Comparator.comparing(Problem::place)).toList());
    }
  }
}
