package dev.afterbay.local.trino;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDK that runs Trino, which is newer than the one that runs the tests. */
final class JavaHome {
  static final String PROPERTY = "afterbay.it.trino.java";
  private static final String VARIABLE = "JAVA_HOME_25";
  private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");
  private static final int LEAST = 24;

  private JavaHome() {}

  /**
   * The first JDK that is new enough: the named one, or one of the usual place.
   *
   * @throws IllegalStateException when there is none
   */
  static Path find() {
    return candidates().stream()
        .filter(home -> version(home) >= LEAST)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    ("Trino needs a JDK of %d or later, and none was found: install one under %s,"
                            + " or name its folder by -D%s or the environment variable %s")
                        .formatted(LEAST, USUAL_PLACE, PROPERTY, VARIABLE)));
  }

  private static List<Path> candidates() {
    List<Path> candidates = new ArrayList<>();
    Stream.of(System.getProperty(PROPERTY), System.getenv(VARIABLE))
        .flatMap(Stream::ofNullable)
        .filter(named -> !named.isEmpty())
        .map(Path::of)
        .forEach(candidates::add);
    if (Files.isDirectory(USUAL_PLACE)) {
      try (Stream<Path> installed = Files.list(USUAL_PLACE)) {
        installed.sorted().forEach(candidates::add);
      } catch (IOException e) {
        throw new IllegalStateException("Cannot list " + USUAL_PLACE, e);
      }
    }
    return candidates;
  }

  /** The feature release as the JDK's own {@code release} file has it; 0 if it has none. */
  static int version(Path home) {
    Properties release = new Properties();
    try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
      release.load(file);
    } catch (IOException e) {
      return 0;
    }
    return Optional.ofNullable(release.getProperty("JAVA_VERSION"))
        .map(version -> version.replaceAll("\"?(\\d+).*", "$1"))
        .map(Integer::valueOf)
        .orElse(0);
  }
}
