package dev.afterbay.consumer.catalog;

import java.time.Duration;

/** Runs tasks later, one at a time. */
interface Timer extends AutoCloseable {
  void after(Duration delay, Runnable task);

  /** Runs none any more, and interrupts the one that runs. */
  @Override
  void close();
}
