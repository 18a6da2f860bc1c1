package dev.afterbay.consumer.cli;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGTERM into an orderly end: work that has begun is finished, and the exit code is ours.
 */
final class Termination implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  /** A stop that hangs is cut off before the supervisor's own patience of 30 seconds ends. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(27);

  /** What hangs may not keep a process alive that cannot go on. */
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread hook = new Thread(this::leave, "afterbay-stop");
  private volatile boolean working;

  private Termination() {}

  /** From now on SIGTERM ends the process as this object says. */
  static Termination onSignal() {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(termination.hook);
    return termination;
  }

  /** Work begins; before, SIGTERM ends the process at once, with exit code 0. */
  void workBegins() {
    working = true;
  }

  /** Completes when the process is told to end. */
  CompletableFuture<Void> requested() {
    return requested.copy();
  }

  /** The work is over, with this exit code. */
  void over(int code) {
    exitCode.complete(code);
  }

  /** The process cannot go on: it fails soon, even if its own end hangs. */
  void mustEnd() {
    if (requested.isDone()) {
      return;
    }
    // A thread of its own: the common pool may be full of what hangs.
    new Timer("afterbay-end", true)
        .schedule(
            new TimerTask() {
              @Override
              public void run() {
                LOG.warn("The process did not end in {} and is cut off", END_LIMIT);
                Runtime.getRuntime().halt(ExitCode.FAILED);
              }
            },
            END_LIMIT.toMillis());
  }

  @Override
  public void close() {
    over(ExitCode.FAILED);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is ending already", e);
    }
  }

  private void leave() {
    requested.complete(null);
    int code = ExitCode.FAILED;
    try {
      code =
          working || exitCode.isDone()
              ? exitCode.get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
              : ExitCode.OK;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      LOG.warn("The worker did not stop in {}; what it held is read again later", STOP_LIMIT);
    }
    // After a signal the JVM would exit with 143, and threads of KCL would keep it alive.
    Runtime.getRuntime().halt(code);
  }
}
