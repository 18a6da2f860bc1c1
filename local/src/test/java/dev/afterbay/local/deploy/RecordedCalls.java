package dev.afterbay.local.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Where the calls of service processes are written down, each process in a file of its own. */
public final class RecordedCalls {
  private static final String SUFFIX = ".calls";
  private static final Path FOLDER =
      Path.of(
          Objects.requireNonNull(
              System.getProperty("afterbay.it.calls"),
              "afterbay.it.calls is set by the module's pom"));

  private RecordedCalls() {}

  /** What the SDK needs on the class path to call the recorder. */
  public static String classPath() {
    return Recorder.FOLDER.toString();
  }

  /** The option of a JVM that says where it writes its calls. */
  public static String option() {
    return "-D" + CallRecorder.FILE + "=" + FOLDER.resolve(UUID.randomUUID() + SUFFIX);
  }

  /**
   * A process that was started with a configuration; what it calls is found by that.
   *
   * @param option of its JVM
   * @param words the program's arguments
   */
  public static void started(String option, String... words) {
    List<String> arguments = List.of(words);
    int config = arguments.indexOf("--config");
    if (config < 0) {
      return;
    }
    try {
      Files.createDirectories(FOLDER);
      Path file = Path.of(option.substring(option.indexOf('=') + 1));
      Files.writeString(file, "# %s %s%n".formatted(arguments.get(config + 1), arguments.get(0)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The calls of all processes that had a configuration.
   *
   * @param command only of those that carried out this one, or of all others
   */
  public static List<String> of(Path config, Command command) {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        List<String> written = Files.readAllLines(file);
        if (!written.isEmpty()
            && command.isMeant(written.get(0).replace("# " + config + " ", ""))) {
          lines.addAll(written.subList(1, written.size()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  /** Which processes are meant. */
  public enum Command {
    /** The service, and the command that tries its permissions. */
    RUN,
    /** What the eraser calls. */
    ERASE,
    /** What operators call. */
    OTHERS;

    private boolean isMeant(String word) {
      return !word.startsWith("#") && this == of(word);
    }

    private static Command of(String word) {
      return switch (word) {
        case "run", "doctor" -> RUN;
        case "erase" -> ERASE;
        default -> OTHERS;
      };
    }
  }

  private static final class Recorder {
    static final Path FOLDER = laid();

    private static Path laid() {
      String name = CallRecorder.class.getName();
      String file = name.replace('.', '/') + ".class";
      Path folder = RecordedCalls.FOLDER.resolveSibling("recorder");
      try (InputStream code =
          Objects.requireNonNull(CallRecorder.class.getClassLoader().getResourceAsStream(file))) {
        // Another fork may be laying the same bytes; a file that is there is whole.
        put(folder.resolve(file), code.readAllBytes());
        put(
            folder.resolve("software/amazon/awssdk/global/handlers/execution.interceptors"),
            name.getBytes(StandardCharsets.US_ASCII));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void put(Path file, byte[] content) throws IOException {
      Files.createDirectories(file.getParent());
      Path whole = Files.createTempFile(file.getParent(), "laid-", "");
      Files.write(whole, content);
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
