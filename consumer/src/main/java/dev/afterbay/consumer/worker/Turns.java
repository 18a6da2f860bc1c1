package dev.afterbay.consumer.worker;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets no more shards compute at a time than there are processors. Forty shards with a backlog
 * would all be runnable: they would push each other's records out of the caches, and leave the
 * JVM's compilers a fortieth of the time, so that everything would run uncompiled for minutes.
 *
 * <p>What was begun is finished before more is begun: records that were decoded and wait are
 * objects, which the garbage collector copies again and again; a page that was not is one array.
 *
 * <p>For what only computes: whoever waits for the network while it has a turn holds others up. Any
 * thread may use it.
 */
final class Turns {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition finishing = lock.newCondition();
  private final Condition beginning = lock.newCondition();
  private int free;
  private int waitingToFinish;

  Turns(int atOnce) {
    this.free = atOnce;
  }

  /** As many as this process has processors. */
  static Turns ofThisProcess() {
    return new Turns(Runtime.getRuntime().availableProcessors());
  }

  /** Computes something new, once nobody waits to finish and it is this thread's turn. */
  <T> T begin(Supplier<T> computing) {
    lock.lock();
    try {
      while (free == 0 || waitingToFinish > 0) {
        beginning.awaitUninterruptibly();
      }
      take();
    } finally {
      lock.unlock();
    }
    try {
      return computing.get();
    } finally {
      leave();
    }
  }

  /** Computes the rest of what was begun, once it is this thread's turn. */
  void finish(Runnable computing) {
    lock.lock();
    try {
      waitingToFinish++;
      while (free == 0) {
        finishing.awaitUninterruptibly();
      }
      waitingToFinish--;
      take();
    } finally {
      lock.unlock();
    }
    try {
      computing.run();
    } finally {
      leave();
    }
  }

  /** Two turns may have become free before the one was woken for whom the first was meant. */
  private void take() {
    free--;
    if (free > 0) {
      wakeNext();
    }
  }

  private void leave() {
    lock.lock();
    try {
      free++;
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  private void wakeNext() {
    if (waitingToFinish > 0) {
      finishing.signal();
    } else {
      beginning.signal();
    }
  }
}
