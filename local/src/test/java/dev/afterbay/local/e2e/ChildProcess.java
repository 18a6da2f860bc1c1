package dev.afterbay.local.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.stream.GeneratedChanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running child process, with its output in files; it does not outlive the test. */
final class ChildProcess implements AutoCloseable {
  /** The variable with the key of hashed attributes, for configurations that name it. */
  static final String HASH_KEY = "AFTERBAY_HASH_KEY";

  /** What the tests' items hold, as it is and as bytes are printed. */
  private static final String[] SECRETS = {
    GeneratedChanges.SECRET,
    Base64.getEncoder().withoutPadding().encodeToString(GeneratedChanges.SECRET.getBytes(UTF_8))
  };

  private static final Duration GOODBYE = Duration.ofSeconds(30);

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static ChildProcess start(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    Path out = Files.createTempFile(folder, "process-", ".out");
    Path err = Files.createTempFile(folder, "process-", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put(HASH_KEY, "a key for nothing but tests");
    builder.environment().putAll(environment);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new ChildProcess(process, out, err);
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGTERM and waits as long as a supervisor would; the exit code. */
  int stop() {
    terminate();
    return exitCodeWithin(GOODBYE);
  }

  /** Sends SIGKILL and waits until the process is gone. */
  void kill() {
    process.destroyForcibly();
    exitCodeWithin(GOODBYE);
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits for the end; the exit code. */
  int exitCodeWithin(Duration patience) {
    try {
      boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(ended).as("ended within %s; its log:%n%s", patience, err()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Its processor time so far, and the most memory that it ever had, as far as they are known. */
  String figures() {
    String cpu =
        process
            .info()
            .totalCpuDuration()
            .map(time -> ", " + time.toSeconds() + " s CPU")
            .orElse("");
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return !Files.isReadable(status)
        ? cpu
        : read(status)
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> cpu + ", peak RSS " + line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElse(cpu);
  }

  /** What it has written to standard output so far. */
  String out() {
    return read(out);
  }

  /** What it has written to standard error so far. */
  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process. Whatever it did, no item's content may be in its log. */
  @Override
  public void close() {
    process.destroyForcibly();
    assertThat(err()).doesNotContain(SECRETS);
  }
}
