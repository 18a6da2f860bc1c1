package dev.afterbay.consumer.config;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetches keys. What it hands out is never logged. */
public interface Secrets {
  /** A shorter key could be found by trying. */
  int LEAST_BYTES = 16;

  /**
   * Fetches a key, at least {@link #LEAST_BYTES} long.
   *
   * @throws RuntimeException if there is none or a shorter one, with a sentence for the user
   */
  byte[] load(KeyReference reference);

  /** Keys in environment variables; for any other a different one is asked. */
  static Secrets ofEnvironment(Map<String, String> environment, Secrets others) {
    return reference ->
        reference instanceof KeyReference.Variable variable
            ? checked(reference, text(variable, environment.get(variable.name())))
            : others.load(reference);
  }

  /**
   * Hands back a key that is long enough.
   *
   * @throws IllegalArgumentException if it is not
   */
  static byte[] checked(KeyReference reference, byte[] key) {
    if (key.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "The key in "
              + reference.text()
              + " has "
              + key.length
              + " bytes; 'protect-key' needs at least "
              + LEAST_BYTES
              + ", better 32 random ones (openssl rand -hex 32)");
    }
    return key;
  }

  private static byte[] text(KeyReference.Variable variable, @Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException(
          "The environment variable "
              + variable.name()
              + " is not set; 'protect-key' names it as the key for hashed attributes");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
