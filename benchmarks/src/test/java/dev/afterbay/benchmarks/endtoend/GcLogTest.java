package dev.afterbay.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcLogTest {
  @TempDir private Path dir;

  @Test
  void whatWasAllocatedIsTheGrowthBetweenCollectionsWithinTheTime() throws IOException {
    Path file = dir.resolve("gc");
    Files.writeString(
        file,
        """
        [0.010s] Using Serial
        [1.000s] GC(0) Pause Young (Allocation Failure) 100M->10M(1000M) 5.0ms
        [2.000s] GC(1) Pause Young (Allocation Failure) 110M->20M(1000M) 5.0ms
        [3.000s] GC(2) Pause Full (Metadata GC Threshold) 50M->15M(1000M) 5.0ms
        [9.000s] GC(3) Pause Young (Allocation Failure) 115M->20M(1000M) 5.0ms
        """);

    assertThat(new GcLog(file).allocatedMegabytes(1.5, 4)).isEqualTo(100 + 30);
  }
}
