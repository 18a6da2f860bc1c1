package dev.afterbay.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a change takes, under a steady load, from the moment when it is made to that when its
 * file stands in the bucket under its own name. The changes are rendered beforehand, each with its
 * moment, so that making them takes no time of the worker's processors.
 */
@Command(name = "latency", description = "From write to visible row, under a steady load.")
public final class Latency implements Callable<Integer> {
  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(20);

  /** From the call for the stream to its first change: so much, and so much for each change. */
  private static final Duration STARTING = Duration.ofSeconds(20);

  private static final Duration RENDERING = Duration.ofNanos(80_000);

  @Option(names = "--dir", required = true, description = "A folder for everything.")
  private Path dir = Path.of(".");

  @Option(names = "--shards", defaultValue = "20", description = "How many.")
  private int shards;

  @Option(names = "--rate", defaultValue = "20000", description = "Changes a second.")
  private int rate;

  @Option(names = "--seconds", defaultValue = "60", description = "That count.")
  private int seconds;

  @Option(
      names = "--commit",
      split = ";",
      defaultValue = "{ max-age: 1s };{ max-age: 10s }",
      description = "Commit policies.")
  private List<String> commits = List.of();

  @Option(names = "--runs", defaultValue = "1", description = "Of each commit policy.")
  private int runs;

  @Option(names = "--java", defaultValue = "-Xmx1g -XX:+UseSerialGC", description = "Options.")
  private String java = "";

  @Option(
      names = "--processor",
      defaultValue = "-1",
      description = "The number of the one that the worker has for itself; others get the rest.")
  private int processor;

  /** Prints a line for each run. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Latency()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    System.out.println(
        "| commit | changes | p50 s | p90 s | p99 s | most s | CPU s/M | of it compilers |\n"
            + "|---|---|---|---|---|---|---|---|");
    int number = 0;
    for (String commit : commits) {
      for (int run = 0; run < runs; run++) {
        run(Files.createDirectories(dir.resolve("latency-" + number++)), commit);
      }
    }
    return 0;
  }

  private void run(Path place, String commit) throws IOException, SQLException {
    int records = Math.toIntExact(rate * (SETTLING.toSeconds() + seconds));
    Instant first =
        Instant.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .plus(STARTING)
            .plus(RENDERING.multipliedBy(records));
    List<String> arguments =
        List.of(
            "--open",
            "--shards=" + shards,
            "--records=" + records,
            "--rate=" + rate,
            "--from=" + first);
    try (Scene scene = Scene.open(place, records, arguments, Processors.of(processor));
        MeasuredProcess worker =
            scene.worker(
                "lake",
                "entities: []",
                commit,
                Metrics.onFreePort(),
                List.of(java.split(" ", -1)))) {
      if (Instant.now().isAfter(first)) {
        throw new IllegalStateException("The machine is too slow to render the changes in time");
      }
      Instant since = first.plus(SETTLING);
      pauseUntil(since);
      double cpu = worker.cpuSeconds();
      double compiling = worker.compilerSeconds();
      pauseUntil(since.plusSeconds(seconds));
      cpu = worker.cpuSeconds() - cpu;
      compiling = worker.compilerSeconds() - compiling;
      pauseUntil(Instant.now().plus(END));
      worker.mustLive();
      scene.end(worker, "lake", records);
      List<Long> all = LakeQuestions.latencies(scene.changes("lake"), since);
      double millions = rate * seconds / 1e6;
      System.out.printf(
          "| %s, %d/s, %d shards | %d | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f |%n",
          commit,
          rate,
          shards,
          all.size(),
          at(all, 0.5),
          at(all, 0.9),
          at(all, 0.99),
          at(all, 1),
          cpu / millions,
          compiling / millions);
    }
  }

  private static double at(List<Long> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size()))) / 1e3;
  }

  private static void pauseUntil(Instant end) {
    while (Instant.now().isBefore(end)) {
      LockSupport.parkUntil(end.toEpochMilli());
    }
  }
}
