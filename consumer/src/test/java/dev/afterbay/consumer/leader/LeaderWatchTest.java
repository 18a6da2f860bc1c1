package dev.afterbay.consumer.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeaderWatchTest {
  private static final Instant START = Instant.parse("2026-11-21T05:00:00Z");
  private static final TableFacts ORDERS = facts("Orders");
  private static final TableFacts TASKS = facts("Tasks");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource clock = now::get;
  private final AtomicInteger looks = new AtomicInteger();
  private final Queue<String> worked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger ends = new AtomicInteger();

  @Test
  void everyProcessLooksButOnlyTheOneThatLeadsWorks() {
    try (LeaderWatch watch = watch(table -> table.equals(TASKS.table()), done())) {
      watch.start();

      await().untilAsserted(() -> assertThat(worked).hasSizeGreaterThan(2));
      assertThat(worked).containsOnly("Tasks");
      assertThat(looks).hasValueGreaterThan(3);
    }
    assertThat(ends).hasValue(1);
  }

  @Test
  void afterAFailureItIsTriedAgainWithGrowingPausesAndTheOtherTableIsNotKeptWaiting() {
    Work broken =
        facts -> {
          if (facts.equals(ORDERS)) {
            throw new IllegalStateException("no export");
          }
          return LeaderTask.Result.DONE;
        };
    try (LeaderWatch watch = watch(table -> true, broken)) {
      watch.start();

      awaitMoreLooks();
      assertThat(tries()).isEqualTo(1);
      assertThat(worked).contains("Tasks");

      now.set(START.plusMillis(10));
      await().untilAsserted(() -> assertThat(tries()).isEqualTo(2));
      now.set(START.plusMillis(29));
      awaitMoreLooks();
      assertThat(tries()).isEqualTo(2);
      now.set(START.plusMillis(30));
      await().untilAsserted(() -> assertThat(tries()).isEqualTo(3));
    }
  }

  @Test
  void workThatWaitsIsInterruptedAtTheEnd() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    Work waiting =
        facts -> {
          begun.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
          }
          return LeaderTask.Result.DONE;
        };
    LeaderWatch watch = watch(table -> true, waiting);
    watch.start();
    await().until(() -> begun.getCount() == 0);

    watch.close();

    assertThat(interrupted).hasValue(1);
    assertThat(ends).hasValue(1);
  }

  private void awaitMoreLooks() {
    int before = looks.get();
    await().untilAsserted(() -> assertThat(looks).hasValueGreaterThan(before + 5));
  }

  private long tries() {
    return worked.stream().filter("Orders"::equals).count();
  }

  private LeaderWatch watch(Predicate<TableName> leads, Work work) {
    return new LeaderWatch(
        List.of(ORDERS, TASKS), new Task(work), leads, clock, ends::incrementAndGet);
  }

  private static Work done() {
    return facts -> LeaderTask.Result.DONE;
  }

  /** What a task does with a table. */
  private interface Work {
    LeaderTask.Result on(TableFacts facts) throws InterruptedException;
  }

  private final class Task implements LeaderTask {
    private final Work work;

    Task(Work work) {
      this.work = work;
    }

    @Override
    public String name() {
      return "tidying";
    }

    @Override
    public Duration interval() {
      return Duration.ofMillis(10);
    }

    @Override
    public boolean look(TableFacts facts) {
      looks.incrementAndGet();
      return true;
    }

    @Override
    public Result work(TableFacts facts, Telling telling) throws InterruptedException {
      worked.add(facts.table().value());
      return work.on(facts);
    }
  }

  private static TableFacts facts(String name) {
    return new TableFacts(
        new TableName(name),
        "arn:aws:dynamodb:us-east-1:000000000000:table/" + name,
        new StreamLabel("2026-11-01T00:00:00.000"),
        "stream",
        List.of(),
        Protection.NONE);
  }
}
