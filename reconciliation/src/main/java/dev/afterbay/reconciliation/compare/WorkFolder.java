package dev.afterbay.reconciliation.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for one piece of work, deleted at its end with all that is in it.
 *
 * @param path of the folder
 */
public record WorkFolder(Path path) implements AutoCloseable {
  /**
   * A new folder.
   *
   * @param scratch the folder of this process
   * @param name how its name begins
   */
  public static WorkFolder in(Path scratch, String name) {
    try {
      return new WorkFolder(Files.createTempDirectory(scratch, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
