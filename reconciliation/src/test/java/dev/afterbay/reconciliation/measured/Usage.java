package dev.afterbay.reconciliation.measured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What this process has taken of the machine since its start. */
final class Usage {
  private final long start = System.nanoTime();

  void print(String name, long items) throws IOException {
    double wall = (System.nanoTime() - start) / 1e9;
    double cpu =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    long peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "  %s: wall %.1f s, %,.0f items/s, CPU %.1f s (%.1f s per million items), peak RSS %d MB%n",
        name,
        wall,
        items / wall,
        cpu,
        cpu * 1e6 / items,
        peak / 1024);
  }
}
