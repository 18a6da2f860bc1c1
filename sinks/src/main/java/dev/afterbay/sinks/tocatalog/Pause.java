package dev.afterbay.sinks.tocatalog;

import java.time.Duration;

/** How a thread waits. */
@FunctionalInterface
public interface Pause {
  /** Waits for as long, or until the thread is interrupted. */
  void rest(Duration duration) throws InterruptedException;
}
