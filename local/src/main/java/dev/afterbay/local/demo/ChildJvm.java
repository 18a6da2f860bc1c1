package dev.afterbay.local.demo;

import dev.afterbay.local.aws.LocalEndpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Starts the service's own {@code run} command in a JVM of its own, with a class path that holds
 * nothing of the local AWS.
 */
public final class ChildJvm implements Worker.Launcher {
  /** The system property that holds the service's class path. */
  public static final String CLASS_PATH = "afterbay.service.classpath";

  private static final String MAIN = "dev.afterbay.consumer.cli.Afterbay";

  /** A process of a minute gains nothing from the second compiler and pays for it at the start. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private final List<String> command;

  private ChildJvm(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * The service as the launcher script knows it.
   *
   * @throws DemoException when the launcher did not say where the service is
   */
  public static ChildJvm service() {
    String classPath = System.getProperty(CLASS_PATH);
    if (classPath == null) {
      throw new DemoException(
          "The class path of the service is unknown; start the demo with ./afterbay demo.");
    }
    return main(classPath, MAIN);
  }

  static ChildJvm main(String classPath, String mainClass) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ChildJvm(
        List.of(java.toString(), QUICK_START, "-cp", classPath, mainClass, "run", "--config"));
  }

  @Override
  public Worker launch(Path config, Path log) {
    List<String> full = new ArrayList<>(command);
    full.add(config.toString());
    ProcessBuilder builder =
        new ProcessBuilder(full).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(credentials());
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-worker"));
      return new Child(process);
    } catch (IOException e) {
      throw new DemoException("The worker cannot be started: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> credentials() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", LocalEndpoints.CREDENTIAL,
        "AWS_SECRET_ACCESS_KEY", LocalEndpoints.CREDENTIAL);
  }

  private record Child(Process process) implements Worker {
    @Override
    public OptionalInt exitCodeWithin(Duration patience) {
      try {
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoException("The demo was interrupted.", e);
      }
    }

    @Override
    public void terminate() {
      process.destroy();
    }
  }
}
