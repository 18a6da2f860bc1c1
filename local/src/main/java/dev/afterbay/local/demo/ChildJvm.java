package dev.afterbay.local.demo;

import dev.afterbay.local.process.ServiceJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Starts the service's own {@code run} command in a JVM of its own, with a class path that holds
 * nothing of the local AWS.
 */
public final class ChildJvm implements Worker.Launcher, Commands {
  private final ServiceJvm program;

  private ChildJvm(ServiceJvm program) {
    this.program = program;
  }

  /**
   * The service as the launcher script knows it.
   *
   * @throws DemoException when the launcher did not say where the service is
   */
  public static ChildJvm service() {
    return ServiceJvm.launched()
        .map(ChildJvm::new)
        .orElseThrow(
            () ->
                new DemoException(
                    "The class path of the service is unknown; start the demo with ./afterbay"
                        + " demo."));
  }

  /** Workers of a program that is known otherwise. */
  public static ChildJvm of(ServiceJvm program) {
    return new ChildJvm(program);
  }

  @Override
  public Worker launch(Path config, Path log) {
    ProcessBuilder builder =
        program
            .command("run", "--config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-worker"));
      return new Child(process);
    } catch (IOException e) {
      throw new DemoException("The worker cannot be started: " + e.getMessage(), e);
    }
  }

  @Override
  public Ended run(List<String> arguments) {
    try {
      Path err = Files.createTempFile("afterbay-command-", ".err");
      try {
        Process process =
            program.command(arguments.toArray(String[]::new)).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err));
      } finally {
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new DemoException("A command cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("The demo was interrupted.", e);
    }
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
