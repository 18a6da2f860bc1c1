package dev.afterbay.consumer.worker;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets no more shards compute at a time than there are processors. Forty shards with a backlog
 * would all be runnable: they would push each other's records out of the caches, and leave the
 * JVM's compilers a fortieth of the time, so that everything would run uncompiled for minutes.
 *
 * <p>For what only computes: whoever waits for the network while it has a turn holds others up. Any
 * thread may use it.
 */
final class Turns {
  private final Semaphore free;

  Turns(int atOnce) {
    this.free = new Semaphore(atOnce);
  }

  /** As many as this process has processors. */
  static Turns ofThisProcess() {
    return new Turns(Runtime.getRuntime().availableProcessors());
  }

  /** Computes once it is this thread's turn. */
  void run(Runnable computing) {
    boolean unused =
        take(
            () -> {
              computing.run();
              return true;
            });
  }

  /** The same with an answer. */
  <T> T take(Supplier<T> computing) {
    free.acquireUninterruptibly();
    try {
      return computing.get();
    } finally {
      free.release();
    }
  }
}
