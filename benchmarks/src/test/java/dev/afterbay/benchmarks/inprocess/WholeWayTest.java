package dev.afterbay.benchmarks.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.benchmarks.load.Pages;
import dev.afterbay.benchmarks.load.Skew;
import dev.afterbay.benchmarks.load.Texture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeWayTest {
  @TempDir private Path scratch;

  @Test
  void recordsOfAKilobyteBecomeFilesThatHoldTheirNoise() {
    Pages pages = Pages.of(new Orders.Shape(100, Skew.UNEVEN, Texture.NOISE), 1_500, 1_000);
    assertThat(pages.bodies()).hasSizeBetween(2, 4);
    assertThat(pages.counted() / pages.records()).isBetween(900L, 1_100L);

    try (WholeWay way = new WholeWay(pages, scratch)) {
      assertThat(way.go()).isGreaterThan(1_500L * 400);
    }
  }
}
