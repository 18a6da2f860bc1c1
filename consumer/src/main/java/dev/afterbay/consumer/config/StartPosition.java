package dev.afterbay.consumer.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where an application that has read nothing yet starts. */
public enum StartPosition {
  /** At the oldest record that the stream still holds. */
  TRIM_HORIZON,
  /** At the records to come. */
  LATEST;

  static StartPosition parse(String text) {
    return Arrays.stream(values())
        .filter(value -> value.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is not a start; write "
                        + Arrays.stream(values())
                            .map(StartPosition::toString)
                            .collect(Collectors.joining(" or "))));
  }

  /** The name as configuration files have it, such as {@code trim-horizon}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
