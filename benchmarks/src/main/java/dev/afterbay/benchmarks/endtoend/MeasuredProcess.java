package dev.afterbay.benchmarks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A child process whose processor time and memory the system tells. */
final class MeasuredProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TICKS_A_SECOND = 100;
  private static final Duration GOODBYE = Duration.ofSeconds(40);

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private MeasuredProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a JVM.
   *
   * @param err the file for its standard error
   * @param before what stands before the command
   */
  static MeasuredProcess java(
      Path err,
      List<String> before,
      List<String> options,
      String classPath,
      String mainClass,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("AWS_ACCESS_KEY_ID", "local");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
    return new MeasuredProcess(builder.start(), err);
  }

  /** The next line of its standard output, which is JSON. */
  JsonNode line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("A process ended before its time:\n" + errors());
    }
    return JSON.readTree(line);
  }

  /** Writes a line to its standard input; the line of JSON that answers it. */
  JsonNode ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return line();
  }

  /** Refuses to go on if it has ended. */
  void mustLive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("A process ended before its time:\n" + errors());
    }
  }

  /** What it wrote to its standard error. */
  String errors() throws IOException {
    return Files.readString(err);
  }

  /** Its processor time so far, user and system, of all its threads, in seconds. */
  double cpuSeconds() {
    return seconds(proc("stat"));
  }

  /** The processor time so far of a JVM's compilers. */
  double compilerSeconds() {
    return cpuSeconds("C1 Comp", "C2 Comp");
  }

  /** The processor time so far of the threads, of those that live, whose names begin so. */
  double cpuSeconds(String... names) {
    double sum = 0;
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
      for (Path task : (Iterable<Path>) tasks::iterator) {
        sum += ofNamed(task, names);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  private static double ofNamed(Path task, String... names) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      return Stream.of(names).anyMatch(name::startsWith) ? seconds(stat) : 0;
    } catch (IOException e) {
      return 0; // It has ended meanwhile.
    }
  }

  private static double seconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
  }

  /** The most memory that it ever had resident, in megabytes. */
  long peakMegabytes() {
    return proc("status")
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
        .findFirst()
        .orElseThrow();
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM and waits for the end. */
  int stop() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("A process did not end within " + GOODBYE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
