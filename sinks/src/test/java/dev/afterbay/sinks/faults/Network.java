package dev.afterbay.sinks.faults;

import dev.afterbay.sinks.tostorage.ObjectStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * What is between writers and their store: requests that are still on their way, which arrive
 * whatever became of their writer, and calls that hang.
 */
public final class Network {
  private final List<Late> late = new ArrayList<>();
  private final List<CountDownLatch> hanging = new ArrayList<>();
  private CompletableFuture<Void> nextHang = new CompletableFuture<>();

  private record Late(int[] callsLeft, Call<?> call) {}

  /** Whether a request is on its way. */
  public synchronized boolean carriesSomething() {
    return !late.isEmpty();
  }

  /** Lets the oldest request that is on its way arrive. */
  public void deliver() {
    arrive(takeOldest());
  }

  /** Lets all requests arrive that are on their way. */
  public void drain() {
    while (carriesSomething()) {
      deliver();
    }
  }

  /** Completes when the next call hangs. */
  public synchronized CompletableFuture<Void> nextHang() {
    nextHang = new CompletableFuture<>();
    return nextHang;
  }

  /** Lets the call go on that has hung the longest; false if none hangs. */
  public synchronized boolean release() {
    if (hanging.isEmpty()) {
      return false;
    }
    hanging.remove(0).countDown();
    return true;
  }

  /** Lets one call pass, which may be the one before which a late request arrives. */
  synchronized void tick() {
    for (Late request : List.copyOf(late)) {
      if (--request.callsLeft[0] == 0) {
        late.remove(request);
        arrive(request.call);
      }
    }
  }

  synchronized void send(Call<?> call, int afterCalls) {
    late.add(new Late(new int[] {afterCalls}, call));
  }

  /** Does not return before it is released. */
  void hang() {
    CountDownLatch released = new CountDownLatch(1);
    synchronized (this) {
      hanging.add(released);
      nextHang.complete(null);
    }
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("A call that hung was interrupted", e);
    }
  }

  private synchronized Call<?> takeOldest() {
    return late.remove(0).call;
  }

  private static void arrive(Call<?> call) {
    try {
      call.apply();
    } catch (ObjectStoreException e) {
      // Its sender does not listen any more.
    }
  }
}
