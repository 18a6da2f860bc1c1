package dev.afterbay.local.demo;

import dev.afterbay.local.process.ServiceJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Starts the service's own {@code run} command in a JVM of its own, with a class path that holds
 * nothing of the local AWS.
 */
public final class ChildJvm implements Worker.Launcher {
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
