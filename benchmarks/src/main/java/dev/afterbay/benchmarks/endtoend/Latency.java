package dev.afterbay.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a change takes, under a steady load, from the moment when it is made to that when its
 * file stands in the bucket under its own name.
 */
@Command(name = "latency", description = "From write to visible row, under a steady load.")
public final class Latency implements Callable<Integer> {
  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(20);

  @Option(names = "--dir", required = true, description = "A folder for everything.")
  private Path dir = Path.of(".");

  @Option(names = "--shards", defaultValue = "4", description = "How many.")
  private int shards;

  @Option(names = "--rate", defaultValue = "5000", description = "Changes a second.")
  private int rate;

  @Option(names = "--seconds", defaultValue = "60", description = "That count.")
  private int seconds;

  @Option(
      names = "--commit",
      split = ";",
      defaultValue = "{ max-age: 1s };{ max-age: 10s }",
      description = "Commit policies.")
  private List<String> commits = List.of();

  @Option(names = "--java", defaultValue = "-Xmx1g -XX:+UseSerialGC", description = "Options.")
  private String java = "";

  /** Prints a line for each commit policy. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Latency()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    System.out.println(
        "| commit | changes | p50 s | p90 s | p99 s | most s | CPU s/M |\n"
            + "|---|---|---|---|---|---|---|");
    int number = 0;
    for (String commit : commits) {
      run(Files.createDirectories(dir.resolve("latency-" + number++)), commit);
    }
    return 0;
  }

  private void run(Path place, String commit) throws IOException, SQLException {
    long records = rate * (SETTLING.toSeconds() + seconds + END.toSeconds());
    try (Scene scene = Scene.open(place, records, List.of("--shards=" + shards));
        MeasuredProcess worker =
            scene.worker(
                "lake",
                "entities: []",
                commit,
                Metrics.onFreePort(),
                List.of(java.split(" ", -1)))) {
      scene.host().ask(Integer.toString(rate));
      pause(SETTLING);
      String since = Instant.now().toString();
      double cpu = worker.cpuSeconds();
      pause(Duration.ofSeconds(seconds));
      cpu = worker.cpuSeconds() - cpu;
      scene.host().ask("0");
      pause(END);
      worker.mustLive();
      if (worker.stop() != 0) {
        throw new IllegalStateException("The worker did not end well");
      }
      List<Long> all = LakeQuestions.latencies(scene.changes("lake"), since);
      System.out.printf(
          "| %s, %d/s, %d shards | %d | %.2f | %.2f | %.2f | %.2f | %.1f |%n",
          commit,
          rate,
          shards,
          all.size(),
          at(all, 0.5),
          at(all, 0.9),
          at(all, 0.99),
          at(all, 1),
          cpu / (rate * seconds / 1e6));
    }
  }

  private static double at(List<Long> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size()))) / 1e3;
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
