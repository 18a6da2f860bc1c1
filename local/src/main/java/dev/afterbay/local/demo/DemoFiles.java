package dev.afterbay.local.demo;

import dev.afterbay.local.aws.LocalEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the demo leaves behind in its directory.
 *
 * @param prefix the lake's prefix in the bucket; a new one for each run, so that runs do not mix
 */
record DemoFiles(Path dir, Path bucketDir, String prefix) {

  static DemoFiles in(Path dir, LocalEndpoints endpoints) {
    String prefix = "lake";
    for (int run = 2; Files.exists(endpoints.bucketDir().resolve(prefix)); run++) {
      prefix = "lake-" + run;
    }
    return new DemoFiles(dir, endpoints.bucketDir(), prefix);
  }

  Path lake() {
    return bucketDir.resolve(prefix);
  }

  Path config() {
    return dir.resolve("afterbay.yaml");
  }

  Path log() {
    return dir.resolve("worker.log");
  }

  /** Writes the configuration of another lake in the same bucket, and tells where it is. */
  Path writeConfigOf(String otherPrefix) {
    Path other = dir.resolve(otherPrefix + ".yaml");
    try {
      String text = Files.readString(config());
      Files.writeString(
          other, text.replaceFirst("(?m)^(lake: s3://[^/]+/).*$", "$1" + otherPrefix));
      return other;
    } catch (IOException e) {
      throw new DemoException("Cannot write " + other + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes the worker's configuration: short commits, so that rows are visible at once.
   *
   * @param port of the status page
   */
  void writeConfig(LocalEndpoints endpoints, int port) {
    String text =
        """
        application: demo
        region: %s
        endpoints:
          dynamodb: %s
          s3: %s
        lake: s3://%s/%s
        commit: { max-age: 1s }
        start: trim-horizon
        http: { port: %d }
        """
            .formatted(
                endpoints.region(),
                endpoints.dynamodb(),
                endpoints.s3(),
                endpoints.bucket(),
                prefix,
                port);
    try {
      Files.writeString(config(), text + tables());
    } catch (IOException e) {
      throw new DemoException("Cannot write " + config() + ": " + e.getMessage(), e);
    }
  }

  /** The tables of the scenarios, and what is in them. */
  private static String tables() {
    try (InputStream resource = DemoFiles.class.getResourceAsStream("tables.yaml")) {
      return new String(
          Objects.requireNonNull(resource, "tables.yaml").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether any change is visible. */
  boolean holdsRows() {
    if (!Files.isDirectory(lake())) {
      return false;
    }
    try (Stream<Path> files = Files.walk(lake())) {
      return files.anyMatch(DemoFiles::isChangesFile);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static boolean isChangesFile(Path file) {
    return file.toString().contains("/changes/") && file.toString().endsWith(".parquet");
  }

  /** The end of the worker's log. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
