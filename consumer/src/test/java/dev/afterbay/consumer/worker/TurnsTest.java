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
    CountDownLatch two = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int answer = i;
        answers.add(
            threads.submit(
                () ->
                    turns.begin(
                        () -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          two.countDown();
                          awaitQuietly(two);
                          now.decrementAndGet();
                          return answer;
                        })));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(answers.get(i).get()).isEqualTo(i);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void whatWasBegunIsFinishedBeforeMoreIsBegun() throws Exception {
    Turns turns = new Turns(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch allWait = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    threads.add(started(() -> turns.finish(() -> awaitQuietly(allWait))));
    for (int i = 0; i < 3; i++) {
      threads.add(started(() -> turns.begin(() -> order.add("begun"))));
    }
    for (int i = 0; i < 3; i++) {
      threads.add(started(() -> turns.finish(() -> order.add("finished"))));
    }

    allWait.countDown();

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order)
        .containsExactly("finished", "finished", "finished", "begun", "begun", "begun");
  }

  @Test
  void noTurnStaysFreeWhileSomeoneWaits() throws Exception {
    Turns turns = new Turns(3);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        boolean begins = i % 2 == 0;
        all.add(
            threads.submit(
                () -> {
                  if (begins) {
                    turns.begin(() -> "");
                  } else {
                    turns.finish(Thread::yield);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      CountDownLatch three = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        all.add(
            threads.submit(
                () ->
                    turns.finish(
                        () -> {
                          three.countDown();
                          awaitQuietly(three);
                        })));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoFailsGivesTheTurnBack() {
    Turns turns = new Turns(1);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  turns.finish(
                      () -> {
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
    }

    assertThat(turns.begin(() -> "turn")).isEqualTo("turn");
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
