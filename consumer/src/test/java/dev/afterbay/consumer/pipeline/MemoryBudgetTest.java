package dev.afterbay.consumer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemoryBudgetTest {
  private static final long MEBIBYTE = 1 << 20;

  /** Each segment tells its size in turn; then each is asked once more, by telling the same. */
  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "100 | 40 30 30    | 0       | within the limit nobody goes",
        "100 | 101         | 1       | alone past it, it goes itself",
        "100 | 40 30 31    | 1       | the largest goes, whoever came last",
        "100 | 30 40 31    | 2       | the largest goes, wherever it stands",
        "100 | 60 50 40    | 1       | one that is enough is enough",
        "100 | 34 33 30 29 24 | 1 2  | as many go as it takes",
        "100 | 90 5 10     | 1       | the last drop does not go itself",
      })
  void pastTheLimitTheLargestGo(long limit, String sizes, String going, String why) {
    MemoryBudget budget = new MemoryBudget(limit);
    long[] bytes = numbers(sizes);
    MemoryBudget.Share[] shares = new MemoryBudget.Share[bytes.length];
    Arrays.setAll(shares, i -> budget.open(1));

    for (int i = 0; i < bytes.length; i++) {
      shares[i].mustGoAt(bytes[i]);
    }

    long[] due =
        IntStream.range(0, bytes.length)
            .filter(i -> shares[i].mustGoAt(bytes[i]))
            .mapToLong(i -> i + 1)
            .toArray();
    assertThat(due).as(why).isEqualTo(going.equals("0") ? new long[0] : numbers(going));
    assertThat(budget.early()).isEqualTo(due.length);
  }

  @Test
  void whileANamedSegmentIsOnItsWayOthersGrowUntilTheHardLimit() {
    MemoryBudget budget = new MemoryBudget(100);
    MemoryBudget.Share slow = budget.open(1);
    MemoryBudget.Share other = budget.open(1);
    slow.mustGoAt(80);

    boolean within = other.mustGoAt(70);
    boolean beyond = other.mustGoAt(71);

    assertThat(within).as("80 are on their way, 70 stay").isFalse();
    assertThat(beyond).as("151 are more than half past the limit").isTrue();
  }

  @Test
  void pastTheHardLimitASegmentThatWouldGiveNothingIsLeft() {
    MemoryBudget budget = new MemoryBudget(100);
    MemoryBudget.Share slow = budget.open(1);
    MemoryBudget.Share small = budget.open(1);
    slow.mustGoAt(200);

    assertThat(small.mustGoAt(12)).as("an eighth of the average is 12.5").isTrue();
    small.emptied();
    assertThat(small.mustGoAt(11)).isFalse();
  }

  @Test
  void aSegmentThatIsGoneMakesRoom() {
    MemoryBudget budget = new MemoryBudget(100);
    MemoryBudget.Share one = budget.open(1);
    MemoryBudget.Share two = budget.open(1);
    one.mustGoAt(90);
    two.mustGoAt(20);
    boolean named = one.mustGoAt(90);

    one.emptied();
    boolean next = one.mustGoAt(80);

    assertThat(named).isTrue();
    assertThat(next).as("80 and 20 are the limit").isFalse();
  }

  @Test
  void aPipelineThatIsClosedHoldsNothingMore() {
    MemoryBudget budget = new MemoryBudget(100);
    MemoryBudget.Share gone = budget.open(1);
    gone.mustGoAt(90);

    gone.close();
    gone.close();

    assertThat(budget.open(1).mustGoAt(100)).isFalse();
  }

  @ParameterizedTest(name = "{0} MiB for {1} segments: row groups of {2} KiB")
  @CsvSource({
    "128, 0, 32768",
    "128, 1, 32768",
    "128, 8, 16384",
    "128, 40, 3276",
    "8, 40, 1024",
    "1024, 2, 65536"
  })
  void everySegmentHasRoomForARowGroup(long limit, int segments, long kibibytes) {
    MemoryBudget budget = new MemoryBudget(limit * MEBIBYTE);
    IntStream.range(0, segments).forEach(i -> budget.open(1));

    assertThat(budget.rowGroupBytes() / 1024).isEqualTo(kibibytes);
  }

  @Test
  void theBudgetOfAProcessIsAQuarterOfItsHeap() {
    assertThat(MemoryBudget.ofThisProcess().limit())
        .isEqualTo(Runtime.getRuntime().maxMemory() / 4);
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MemoryBudget(0));
  }

  /** Pipelines on threads of their own, each as slow to go as one batch. */
  @Test
  void manyPipelinesAtOnceStayWithinTheHardLimitAndWhatTheirBatchesBring() {
    long limit = 1_000;
    int pipelines = 8;
    int batch = 20;
    MemoryBudget budget = new MemoryBudget(limit);
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int p = 0; p < pipelines; p++) {
      SplittableRandom random = new SplittableRandom(p);
      MemoryBudget.Share share = budget.open(1);
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                long bytes = 0;
                for (int i = 0; i < 5_000; i++) {
                  int grown = random.nextInt(batch);
                  bytes += grown;
                  most.accumulateAndGet(held.addAndGet(grown), Math::max);
                  if (share.mustGoAt(bytes)) {
                    held.addAndGet(-bytes);
                    bytes = 0;
                    share.emptied();
                  }
                }
                held.addAndGet(-bytes);
                share.close();
              }));
    }

    CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();

    long small = limit / (4L * pipelines);
    assertThat(most.get()).isBetween(limit, limit * 3 / 2 + pipelines * (batch + small));
    assertThat(held.get()).isZero();
    assertThat(budget.early()).isPositive();
  }

  private static long[] numbers(String text) {
    return Arrays.stream(text.trim().split("\\s+")).mapToLong(Long::parseLong).toArray();
  }
}
