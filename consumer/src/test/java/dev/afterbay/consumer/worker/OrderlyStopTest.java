package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OrderlyStopTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(150);

  @Test
  void itIsDoneWhenKclIs() throws InterruptedException {
    assertThat(OrderlyStop.await(CompletableFuture.completedFuture(true), () -> false, LONG, LONG))
        .isTrue();
  }

  @Test
  void whatCountsWhenKclFailsIsWhetherSomethingIsHeld() throws InterruptedException {
    for (CompletableFuture<Boolean> failed :
        List.of(
            CompletableFuture.completedFuture(false),
            CompletableFuture.<Boolean>failedFuture(new IllegalStateException("no")))) {
      assertThat(OrderlyStop.await(failed, () -> true, LONG, LONG)).isTrue();
      assertThat(OrderlyStop.await(failed, () -> false, LONG, LONG)).isFalse();
    }
  }

  @Test
  void aKclThatWaitsForEverIsLeftOnceNothingIsHeld() throws InterruptedException {
    Iterator<Boolean> nothingHeld = List.of(false, true, false, false).iterator();

    boolean done =
        OrderlyStop.await(
            new CompletableFuture<>(),
            () -> !nothingHeld.hasNext() || nothingHeld.next(),
            LONG,
            SHORT);

    assertThat(done).isTrue();
    assertThat(nothingHeld.hasNext()).as("left while a shard was open again").isFalse();
  }

  @Test
  void whatIsHeldTooLongIsGivenUp() throws InterruptedException {
    assertThat(OrderlyStop.await(new CompletableFuture<>(), () -> false, SHORT, SHORT)).isFalse();
  }
}
