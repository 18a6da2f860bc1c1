package dev.afterbay.benchmarks.inprocess;

import com.sun.management.ThreadMXBean;
import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.benchmarks.load.Pages;
import dev.afterbay.benchmarks.load.Skew;
import dev.afterbay.benchmarks.load.Texture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures {@link WholeWay}: processor time and allocation of the one thread, for each record. */
@Command(name = "in-process", description = "Bytes of answers to closed Parquet files, one thread.")
public final class InProcess implements Callable<Integer> {
  private static final int OF_PAGE = 1_000;
  private static final int ITEMS = 10_000;

  @Option(names = "--records", defaultValue = "60000", description = "Records of a run.")
  private int records;

  @Option(names = "--warm-ups", defaultValue = "4", description = "Runs that do not count.")
  private int warmUps;

  @Option(names = "--runs", defaultValue = "5", description = "Runs that count.")
  private int runs;

  /** Prints one line for each run and one for the medians, for each texture. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new InProcess()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    for (Texture texture : Texture.values()) {
      Pages pages = Pages.of(new Orders.Shape(ITEMS, Skew.UNEVEN, texture), records, OF_PAGE);
      Path scratch = Files.createTempDirectory("afterbay-in-process-");
      try (WholeWay way = new WholeWay(pages, scratch)) {
        measure(texture, pages, way);
      } finally {
        Files.deleteIfExists(scratch);
      }
    }
    return 0;
  }

  private void measure(Texture texture, Pages pages, WholeWay way) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long wire = pages.bodies().stream().mapToLong(body -> body.length).sum();
    System.out.printf(
        "%s: %d records of %d bytes, %d on the wire%n",
        texture, pages.records(), pages.counted() / pages.records(), wire / pages.records());
    double[] seconds = new double[runs];
    double[] bytes = new double[runs];
    for (int run = -warmUps; run < runs; run++) {
      long allocated = thread.getCurrentThreadAllocatedBytes();
      long began = thread.getCurrentThreadCpuTime();
      long file = way.go();
      double spent = (thread.getCurrentThreadCpuTime() - began) / 1e9;
      double taken = thread.getCurrentThreadAllocatedBytes() - allocated;
      double million = 1e6 * spent / pages.records();
      System.out.printf(
          "  %s: %.1f CPU s a million, %.0f records a CPU second, %.0f bytes allocated a record,"
              + " %d bytes of file a record%n",
          run < 0 ? "warm-up" : "run",
          million,
          1e6 / million,
          taken / pages.records(),
          file / pages.records());
      if (run >= 0) {
        seconds[run] = million;
        bytes[run] = taken / pages.records();
      }
    }
    System.out.printf(
        "%s median of %d: %.1f CPU s a million, %.0f records a CPU second, %.0f bytes allocated a"
            + " record%n",
        texture, runs, median(seconds), 1e6 / median(seconds), median(bytes));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
