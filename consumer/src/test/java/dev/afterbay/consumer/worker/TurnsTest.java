package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
  @Test
  void noMoreComputeAtOnceThanAreLetAndAllGetTheirTurn() throws Exception {
    Turns turns = new Turns(2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger all = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> taken = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        taken.add(
            threads.submit(
                () ->
                    turns.take(
                        () -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          two.countDown();
                          awaitQuietly(two);
                          all.incrementAndGet();
                          now.decrementAndGet();
                        })));
      }
      for (Future<?> one : taken) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(all).hasValue(40);
    assertThat(most).hasValue(2);
  }

  @Test
  void whoComesFirstIsServedFirst() throws Exception {
    Turns turns = new Turns(1);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch allWait = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    threads.add(started(() -> turns.take(() -> awaitQuietly(allWait))));
    for (int i = 0; i < 5; i++) {
      int number = i;
      threads.add(started(() -> turns.take(() -> order.add(number))));
    }

    allWait.countDown();

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void whoFailsGivesTheTurnBack() {
    Turns turns = new Turns(1);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  turns.take(
                      () -> {
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
    }

    AtomicInteger taken = new AtomicInteger();
    turns.take(taken::incrementAndGet);
    assertThat(taken).hasValue(1);
  }

  /** A thread that has come as far as it can for now. */
  private static Thread started(Runnable what) {
    Thread thread = new Thread(what);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
