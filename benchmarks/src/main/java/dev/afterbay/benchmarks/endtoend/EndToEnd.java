package dev.afterbay.benchmarks.endtoend;

import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.benchmarks.load.Skew;
import dev.afterbay.benchmarks.load.Texture;
import dev.afterbay.local.stream.Giving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The service on a backlog: for each number of shards and each kind of tables so many runs, each a
 * new JVM on a new lake; the medians as one table.
 */
@Command(name = "end-to-end", description = "The service on a backlog, measured from outside.")
public final class EndToEnd implements Callable<Integer> {
  @Option(names = "--dir", required = true, description = "A folder for everything.")
  private Path dir = Path.of(".");

  @Option(names = "--shards", split = ",", defaultValue = "1,4,16,40", description = "Numbers.")
  private List<Integer> shards = List.of();

  @Option(names = "--tables", split = ",", defaultValue = "raw,typed", description = "Kinds.")
  private List<String> tables = List.of();

  @Option(names = "--records", defaultValue = "400000", description = "Of a run.")
  private int records;

  @Option(names = "--runs", defaultValue = "3", description = "Of each kind.")
  private int runs;

  @Option(
      names = "--in-turns",
      description =
          "One run of each number of shards, then the next of each: what the machine does meanwhile"
              + " falls on all alike. All their streams are in memory then.")
  private boolean inTurns;

  @Option(names = "--skew", defaultValue = "EVEN", description = "${COMPLETION-CANDIDATES}")
  private Skew skew = Skew.EVEN;

  @Option(names = "--texture", defaultValue = "WORDS", description = "${COMPLETION-CANDIDATES}")
  private Texture texture = Texture.WORDS;

  @Option(names = "--warm-after", defaultValue = "0.3", description = "Share of the records.")
  private double warmAfter;

  @Option(names = "--warm-until", defaultValue = "0.95", description = "Share of the records.")
  private double warmUntil;

  @Option(
      names = "--open",
      description = "The shards are open; otherwise they have ended, and children wait for them.")
  private boolean open;

  @Option(
      names = "--rest",
      defaultValue = "0",
      description = "Seconds that a worker is up before the stream gives it the first record.")
  private int rest;

  @Option(
      names = "--commit",
      defaultValue = "{ max-age: 10s, max-bytes: 128MiB, max-records: 500000 }",
      description = "The commit policy.")
  private String commit = "";

  @Option(
      names = "--java",
      defaultValue = "-Xmx1g -XX:+UseSerialGC",
      description = "The worker's options; the collector is to be the serial one.")
  private String java = "";

  @Option(
      names = "--processor",
      defaultValue = "-1",
      description = "The number of the one that the worker has for itself; others get the rest.")
  private int processor;

  /** Prints a line for each run and the medians at the end. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EndToEnd()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    List<String> report = new ArrayList<>();
    report.add(Figures.HEADING);
    if (inTurns) {
      measure(shards, report);
    } else {
      for (int number : shards) {
        measure(List.of(number), report);
      }
    }
    System.out.printf(
        "%nMedians of %d%s: %d records, %s shards, skew %s, texture %s, rest %d s, warm from %.0f to %.0f %%, commit %s, %s%s%n",
        runs,
        inTurns ? ", in turns" : "",
        records,
        open ? "open" : "ended",
        skew,
        texture,
        rest,
        100 * warmAfter,
        100 * warmUntil,
        commit,
        java,
        processor < 0 ? "" : ", on one processor of its own");
    report.forEach(System.out::println);
    return 0;
  }

  /** Of each kind of tables all runs, one of each number of shards after the other. */
  private void measure(List<Integer> numbers, List<String> report)
      throws IOException, SQLException {
    try (Scenes scenes = new Scenes()) {
      for (int number : numbers) {
        scenes.put(number, open(number));
      }
      for (String kind : tables) {
        Map<Integer, List<Figures>> all = new LinkedHashMap<>();
        for (int run = 1; run <= runs; run++) {
          String lake = kind + "-" + run;
          for (int number : numbers) {
            Figures figures = run(scenes.of(number), lake, kind);
            System.out.println(figures.row(number + " shards, " + lake));
            all.computeIfAbsent(number, shards -> new ArrayList<>()).add(figures);
          }
        }
        all.forEach(
            (number, figures) ->
                report.add(Figures.median(figures).row(number + " shards, " + kind)));
      }
    }
  }

  private Scene open(int number) throws IOException {
    return Scene.open(
        Files.createDirectories(dir.resolve("shards-" + number)),
        records,
        List.of(
            "--shards=" + number,
            "--records=" + records,
            "--open=" + open,
            "--skew=" + skew,
            "--texture=" + texture),
        Processors.of(processor));
  }

  private Figures run(Scene scene, String lake, String kind) throws IOException, SQLException {
    Metrics metrics = Metrics.onFreePort();
    GcLog gc = new GcLog(scene.dir().resolve(lake + ".gc"));
    List<String> options = new ArrayList<>(List.of(java.split(" ", -1)));
    options.add(gc.option());
    String entities = kind.equals("typed") ? Orders.ENTITIES : "entities: []";
    try (MeasuredProcess worker = scene.worker(lake, entities, commit, metrics, options);
        Pace pace = Pace.start()) {
      scene.host().ask(Giving.NONE.name());
      Watch watch = new Watch(scene, worker, metrics, gc, pace);
      watch.rest(Duration.ofSeconds(rest));
      scene.host().ask(Giving.ALL.name());
      Figures figures = watch.until(records, warmAfter, warmUntil);
      scene.end(worker, lake, records);
      return figures;
    }
  }

  /** By their numbers of shards; open at once, closed together. */
  private static final class Scenes implements AutoCloseable {
    private final Map<Integer, Scene> open = new LinkedHashMap<>();

    void put(int shards, Scene scene) {
      open.put(shards, scene);
    }

    Scene of(int shards) {
      return Objects.requireNonNull(open.get(shards));
    }

    @Override
    public void close() {
      open.values().forEach(Scene::close);
    }
  }
}
