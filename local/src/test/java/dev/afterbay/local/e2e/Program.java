package dev.afterbay.local.e2e;

import dev.afterbay.local.deploy.RecordedCalls;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program as the launcher script starts it: its class path and its main class.
 *
 * @param target the build folder with the program's classes and libraries
 */
record Program(Path target, String mainClass) {
  /** What runs in production. */
  static final Program SERVICE =
      new Program(built("afterbay.it.service"), "dev.afterbay.consumer.cli.Afterbay");

  /** What runs only on a developer's machine. */
  static final Program LOCAL =
      new Program(built("afterbay.it.local"), "dev.afterbay.local.cli.LocalMain");

  /** Many JVMs side by side on few cores: what matters here is that they start soon. */
  private static final List<String> SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

  private static Path built(String property) {
    String target =
        Objects.requireNonNull(
            System.getProperty(property), property + " is set by the module's pom");
    return Path.of(target).normalize();
  }

  Path libraries() {
    return target.resolve("lib");
  }

  private String classPath() {
    return target.resolve("classes") + File.pathSeparator + libraries().resolve("*");
  }

  /** Starts the program in a JVM of its own; its output goes to files in a folder. */
  ChildProcess start(Path folder, String... arguments) {
    return start(folder, SMALL, arguments);
  }

  /** The same with other options for the JVM. */
  ChildProcess start(Path folder, List<String> options, String... arguments) {
    return start(folder, options, Map.of(), arguments);
  }

  /** The same with variables of the environment. */
  ChildProcess start(Path folder, Map<String, String> environment, String... arguments) {
    return start(folder, SMALL, environment, arguments);
  }

  private ChildProcess start(
      Path folder, List<String> options, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dafterbay.service.classpath=" + SERVICE.classPath());
    String classPath = classPath();
    if (equals(SERVICE)) {
      String recording = RecordedCalls.option();
      command.add(recording);
      classPath = RecordedCalls.classPath() + File.pathSeparator + classPath;
      RecordedCalls.started(recording, arguments);
    }
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of(arguments));
    try {
      return ChildProcess.start(folder, command, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
