package dev.afterbay.consumer.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spelling of values; every refusal says what to write instead. */
final class Values {
  /** Reads one spelling; refuses with an {@link IllegalArgumentException} that says the way out. */
  interface Parser<T> {
    T parse(String text);
  }

  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");
  private static final Map<String, Duration> TIME_UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));
  private static final Map<String, Long> SIZE_UNITS =
      Map.of(
          "", 1L,
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30);

  private Values() {}

  /** A duration between two bounds, such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
  static Parser<Duration> duration(Duration least, Duration most) {
    return text -> {
      Matcher amount = AMOUNT.matcher(text);
      Duration unit = amount.matches() ? TIME_UNITS.get(amount.group(2)) : null;
      if (unit == null) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is not a duration; write a number and a unit, such as 500ms, 30s, 5m"
                + " or 1h");
      }
      long count = Long.parseLong(amount.group(1));
      boolean fits = count <= most.toMillis() / unit.toMillis();
      Duration value = fits ? unit.multipliedBy(count) : most;
      if (!fits || value.compareTo(least) < 0) {
        throw new IllegalArgumentException(
            "'" + text + "' is out of bounds; write " + spell(least) + " to " + spell(most));
      }
      return value;
    };
  }

  /** A number of bytes between two bounds, such as {@code 128MiB}. */
  static Parser<Long> bytes(long least, long most) {
    return text -> {
      Matcher amount = AMOUNT.matcher(text);
      Long unit = amount.matches() ? SIZE_UNITS.get(amount.group(2)) : null;
      if (unit == null) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is not a size; write a number and a unit, such as 64MiB, 128MiB or"
                + " 1GiB");
      }
      long count = Long.parseLong(amount.group(1));
      if (count > most / unit || count * unit < least) {
        throw new IllegalArgumentException(
            "'" + text + "' is out of bounds; write " + spell(least) + " to " + spell(most));
      }
      return count * unit;
    };
  }

  /** A whole number between two bounds. */
  static Parser<Long> count(long least, long most, String example) {
    return text -> {
      if (!text.matches("-?[0-9_]{1,18}") || text.replaceAll("[_-]", "").isEmpty()) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a whole number; write for example " + example);
      }
      long value = Long.parseLong(text.replace("_", ""));
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "'" + text + "' is out of bounds; write " + least + " to " + most);
      }
      return value;
    };
  }

  /** True or false. */
  static boolean flag(String text) {
    if (!"true".equals(text) && !"false".equals(text)) {
      throw new IllegalArgumentException("'" + text + "' is not true or false; write one of them");
    }
    return "true".equals(text);
  }

  /** One of some words; of an unknown one the nearest is named. */
  static <T> Parser<T> choice(Map<String, T> words) {
    return text -> {
      T chosen = words.get(text);
      if (chosen == null) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is none of "
                + String.join(", ", words.keySet())
                + Nearest.to(text, words.keySet())
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("; write one of them"));
      }
      return chosen;
    };
  }

  /** A text of one form. */
  static Parser<String> text(String form, String description, String example) {
    return text -> {
      if (!text.matches(form)) {
        throw new IllegalArgumentException(
            "'" + text + "' is not " + description + "; write for example " + example);
      }
      return text;
    };
  }

  /** The address of a service: scheme, host and port, nothing after them. */
  static Parser<URI> endpoint(String example) {
    return text -> {
      try {
        URI uri = new URI(text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        String path = uri.getPath();
        if (web
            && uri.getHost() != null
            && (path == null || path.isEmpty() || "/".equals(path))
            && uri.getQuery() == null) {
          return uri;
        }
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(noEndpoint(text, example), e);
      }
      throw new IllegalArgumentException(noEndpoint(text, example));
    };
  }

  private static String noEndpoint(String text, String example) {
    return "'" + text + "' is not a service address; write for example " + example;
  }

  private static String spell(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static String spell(long bytes) {
    if (bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % (1L << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }
}
