package dev.afterbay.transforms.change;

import java.util.Locale;

/** Lower snake case, in which names are in the lake and in catalogs. */
public final class LowerSnake {
  private LowerSnake() {}

  /** The name in letters, digits and single underscores. */
  public static String of(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
        .replaceAll("[.-]+", "_")
        .replaceAll("_+", "_")
        .toLowerCase(Locale.ROOT);
  }
}
