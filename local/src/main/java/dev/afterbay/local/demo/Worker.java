package dev.afterbay.local.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** A running worker. */
public interface Worker {
  /** Waits at most so long for the worker to end; its exit code if it has ended. */
  OptionalInt exitCodeWithin(Duration patience);

  /** Asks the worker to commit what it holds and to end, as SIGTERM does. */
  void terminate();

  /** Starts workers. */
  interface Launcher {
    /**
     * Starts a worker.
     *
     * @param config the configuration file
     * @param log where its output goes
     */
    Worker launch(Path config, Path log);
  }
}
