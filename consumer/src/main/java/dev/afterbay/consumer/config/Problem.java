package dev.afterbay.consumer.config;

/**
 * One mistake in a configuration file: where it is, and what is wrong with the way out.
 *
 * @param place where
 * @param message which key and value, what is wrong with it, what to write instead
 */
public record Problem(Place place, String message) {
  @Override
  public String toString() {
    return place + ": " + message;
  }
}
