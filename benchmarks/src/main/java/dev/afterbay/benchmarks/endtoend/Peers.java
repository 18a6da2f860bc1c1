package dev.afterbay.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A Flink job and Afterbay on the same stream, one after the other: the same rows, and what each
 * took for them until all were visible.
 */
@Command(name = "peers", description = "Afterbay beside a Flink job on the same stream.")
public final class Peers implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @Option(names = "--dir", required = true, description = "A folder for everything.")
  private Path dir = Path.of(".");

  @Option(names = "--class-path", required = true, description = "Of the Flink job.")
  private String classPath = "";

  @Option(names = "--shards", defaultValue = "4", description = "Of the stream.")
  private int shards;

  @Option(names = "--records", defaultValue = "400000", description = "Of the stream.")
  private int records;

  @Option(names = "--runs", defaultValue = "3", description = "Of each.")
  private int runs;

  @Option(names = "--parallelism", defaultValue = "2", description = "Of the Flink job.")
  private int parallelism;

  @Option(names = "--interval", defaultValue = "10", description = "Seconds between commits.")
  private int interval;

  @Option(names = "--java", defaultValue = "-Xmx1g -XX:+UseSerialGC", description = "Options.")
  private String java = "";

  /**
   * What a run took.
   *
   * @param cpu seconds a million records, from the start
   * @param warm the same of what became visible after the first third was
   */
  private record Took(double cpu, double warm, double wall, double megabytes) {}

  /** Prints a line for each run, and whether the rows are the same. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Peers()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    try (Scene scene =
        Scene.open(dir, records, List.of("--shards=" + shards, "--records=" + records))) {
      List<Double> flink = new ArrayList<>();
      List<Double> afterbay = new ArrayList<>();
      System.out.println(
          "| | CPU s/M whole | CPU s/M warm | s until visible | peak RSS MB | rows and hash |\n"
              + "|---|---|---|---|---|---|");
      boolean same = true;
      for (int run = 1; run <= runs; run++) {
        Path files = dir.resolve("flink-" + run);
        String theirs = flink(scene, files, run, flink);
        String ours = afterbay(scene, "afterbay-" + run, run, afterbay);
        same &= theirs.equals(ours);
      }
      System.out.printf(
          "%nMedians of %d, %d records, %d shards: Flink %.1f, Afterbay %.1f CPU s/M warm; rows %s%n",
          runs, records, shards, median(flink), median(afterbay), same ? "the same" : "DIFFER");
      return same ? 0 : 3;
    }
  }

  private String flink(Scene scene, Path files, int run, List<Double> all)
      throws IOException, SQLException {
    Files.createDirectories(files);
    List<String> options = new ArrayList<>(List.of(java.split(" ", -1)));
    options.addAll(
        List.of("--add-opens=java.base/java.util=ALL-UNNAMED", "-Djava.io.tmpdir=" + dir));
    options.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    try (MeasuredProcess job =
        MeasuredProcess.java(
            dir.resolve("flink-" + run + ".err"),
            scene.processors().measured(),
            options,
            classPath,
            "dev.afterbay.peers.FlinkJob",
            List.of(
                scene.stream().path("endpoint").asText(),
                scene.stream().path("streamArn").asText(),
                files.toUri().toString(),
                Integer.toString(parallelism),
                Long.toString(1_000L * interval)))) {
      Took took = await(job, files, "part-*");
      return told("Flink " + run, took, LakeQuestions.content(files, "part-*"), all);
    }
  }

  private String afterbay(Scene scene, String lake, int run, List<Double> all)
      throws IOException, SQLException {
    String commit = "{ max-age: %ds, max-bytes: 128MiB, max-records: 500000 }".formatted(interval);
    try (MeasuredProcess worker =
        scene.worker(
            lake, "entities: []", commit, Metrics.onFreePort(), List.of(java.split(" ", -1)))) {
      Path files = scene.changes(lake);
      Took took = await(worker, files, "*.parquet");
      return told("Afterbay " + run, took, LakeQuestions.content(files, "*.parquet"), all);
    }
  }

  private String told(String what, Took took, String content, List<Double> all) {
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f | %.0f | %s |%n",
        what, took.cpu, took.warm, took.wall, took.megabytes, content);
    all.add(took.warm);
    return content;
  }

  private Took await(MeasuredProcess process, Path files, String names)
      throws IOException, SQLException {
    long began = System.nanoTime();
    long third = 0;
    double cpuOfThird = 0;
    while (System.nanoTime() - began < PATIENCE.toNanos()) {
      process.mustLive();
      long visible = LakeQuestions.visible(files, names);
      double cpu = process.cpuSeconds();
      if (third == 0 && visible >= records / 3) {
        third = visible;
        cpuOfThird = cpu;
      }
      if (visible >= records) {
        return new Took(
            cpu / (records / 1e6),
            (cpu - cpuOfThird) / Math.max(1, records - third) * 1e6,
            (System.nanoTime() - began) / 1e9,
            process.peakMegabytes());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IOException("Not all records were visible within " + PATIENCE);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
