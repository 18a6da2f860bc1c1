package dev.afterbay.local.torture;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to child processes that Java has no call for. */
final class Signals {
  private static final int PATIENCE_SECONDS = 5;

  private Signals() {}

  static void stop(Process child) {
    send("STOP", child);
  }

  static void resume(Process child) {
    send("CONT", child);
  }

  /** A JVM prints its threads and goes on. */
  static void dumpThreads(Process child) {
    send("QUIT", child);
  }

  /** A child that has ended in between is let be: it is ours, so its id is not given out again. */
  private static void send(String signal, Process child) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + child.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
        throw new TortureException("'kill' did not end; process " + child.pid() + " is as it was");
      }
    } catch (IOException e) {
      throw new TortureException("There is no 'sh' to send signals with: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TortureException("The torture was interrupted.", e);
    }
  }
}
