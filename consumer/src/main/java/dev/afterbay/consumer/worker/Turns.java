package dev.afterbay.consumer.worker;

import java.util.concurrent.Semaphore;

/**
 * Lets no more shards compute at a time than there are processors. Forty shards with a backlog
 * would all be runnable: they would push each other's records out of the caches, and leave the
 * JVM's compilers a fortieth of the time, so that everything would run uncompiled for minutes.
 *
 * <p>For what only computes: whoever waits for the network while it has a turn holds others up. Any
 * thread may use it; those that wait get their turns in the order in which they came.
 */
final class Turns {
  private final Semaphore free;

  Turns(int atOnce) {
    this.free = new Semaphore(atOnce, true);
  }

  /** As many as this process has processors. */
  static Turns ofThisProcess() {
    return new Turns(Runtime.getRuntime().availableProcessors());
  }

  /** Computes something once it is this thread's turn. */
  void take(Runnable computing) {
    free.acquireUninterruptibly();
    try {
      computing.run();
    } finally {
      free.release();
    }
  }
}
