package dev.afterbay.consumer.query;

import dev.afterbay.consumer.config.AfterbayConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Where this machine keeps its copy of a lake. */
public final class CacheDirectory {
  private CacheDirectory() {}

  /**
   * The directory for the configured lake, {@code $XDG_CACHE_HOME/afterbay/<hash>}, in {@code
   * ~/.cache} if the variable is not set. Lakes of the same name at other endpoints are others.
   */
  public static Path of(AfterbayConfig config, Map<String, String> environment) {
    String set = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = set.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(set);
    String lake =
        config.endpoints().s3().map(URI::toString).orElse(config.region()) + " " + config.lake();
    return caches.toAbsolutePath().resolve("afterbay").resolve(hash(lake));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
