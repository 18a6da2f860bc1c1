package dev.afterbay.consumer.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The prices of one region.
 *
 * @param region that they are of
 * @param date when they were written down
 * @param source where they come from
 * @param of each thing, in US dollars
 */
public record Prices(String region, String date, String source, Map<Price, Double> of) {
  private static final String STANDARD = "prices.yaml";

  /** Copies the prices. */
  public Prices {
    of = Map.copyOf(of);
  }

  /**
   * Those that come with this program.
   *
   * @throws IllegalArgumentException if the region is none of them, with the way out
   */
  public static Prices standard(String region) {
    try (InputStream file =
        Objects.requireNonNull(Prices.class.getResourceAsStream(STANDARD), STANDARD)) {
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8), STANDARD, region);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Those of a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or lacks a price, with the way out
   */
  public static Prices read(Path file, String region) {
    try {
      return parse(Files.readString(file), file.toString(), region);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " cannot be read; --prices names a file of prices", e);
    }
  }

  static Prices parse(String text, String name, String region) {
    Map<?, ?> root = mapping(load(text, name), name);
    Map<?, ?> regions = mapping(root.get("regions"), name + ": regions");
    if (!regions.containsKey(region)) {
      throw new IllegalArgumentException(
          "%s has no prices of %s, only of %s; write them into a file and name it by --prices"
              .formatted(
                  name,
                  region,
                  regions.keySet().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    Map<?, ?> values = mapping(regions.get(region), name + ": " + region);
    Map<Price, Double> of = new EnumMap<>(Price.class);
    for (Price price : Price.values()) {
      if (!(values.get(price.key()) instanceof Number value) || !(value.doubleValue() >= 0)) {
        throw new IllegalArgumentException(
            "%s: %s of %s is no price; write for example '%s: 0.02'"
                .formatted(name, price.key(), region, price.key()));
      }
      of.put(price, value.doubleValue());
    }
    return new Prices(region, word(root.get("date")), word(root.get("source")), of);
  }

  private static @Nullable Object load(String text, String name) {
    try {
      LoaderOptions options = new LoaderOptions();
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (YAMLException e) {
      throw new IllegalArgumentException(name + " is not YAML; see --help for its form", e);
    }
  }

  private static Map<?, ?> mapping(@Nullable Object value, String where) {
    if (value instanceof Map<?, ?> mapping) {
      return mapping;
    }
    throw new IllegalArgumentException(
        where + " is no mapping; write 'regions: { us-east-1: { ... } }'");
  }

  private static String word(@Nullable Object value) {
    return value instanceof Date date
        ? date.toInstant().toString().substring(0, 10)
        : String.valueOf(value);
  }

  double price(Price price) {
    return Objects.requireNonNull(of.get(price), price.key());
  }
}
