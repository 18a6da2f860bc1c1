package dev.afterbay.consumer.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.consumer.config.LakeLocation;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LakeLookTest {
  private static final Instant START = Instant.parse("2026-11-21T05:00:00Z");

  private final AtomicInteger looks = new AtomicInteger();
  private volatile Instant now = START;

  @Test
  void nobodyLooksUntilSomebodyAsksAndThenAtMostEveryTwelveSeconds() {
    CountDownLatch asked = new CountDownLatch(1);
    try (LakeLook look = new LakeLook(() -> viewAfter(asked), () -> now, () -> {})) {
      assertThat(looks).hasValue(0);

      assertThat(look.latest()).as("nobody waits for the first look").isEmpty();
      asked.countDown();
      await().until(() -> look.latest().isPresent());
      now = START.plusSeconds(11);
      look.latest();
      assertThat(looks).hasValue(1);

      now = START.plusSeconds(12);
      await().until(() -> look.latest().orElseThrow().report().at().isAfter(START));
      assertThat(looks).hasValue(2);
    }
  }

  @Test
  void aLookThatFailsLeavesTheOldView() {
    AtomicInteger failed = new AtomicInteger();
    LakeLook look =
        new LakeLook(
            () -> {
              if (looks.get() > 0) {
                failed.incrementAndGet();
                throw new IllegalStateException("no lake");
              }
              return view();
            },
            () -> now,
            () -> {});
    try (look) {
      await().until(() -> look.latest().isPresent());
      now = START.plusSeconds(60);
      await().until(() -> look.latest().isPresent() && failed.get() == 1);

      assertThat(look.latest().orElseThrow().report().at()).isEqualTo(START);
    }
  }

  private LakeView viewAfter(CountDownLatch asked) {
    try {
      asked.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return view();
  }

  private LakeView view() {
    looks.incrementAndGet();
    return new LakeView(
        new StatusReport("shop", new LakeLocation("bucket", "lake"), now, List.of(), List.of()),
        List.of());
  }
}
