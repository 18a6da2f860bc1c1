package dev.afterbay.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.e2e.LakeFiles;
import dev.afterbay.local.e2e.TakesLong;
import dev.afterbay.local.process.ServiceJvm;
import dev.afterbay.sinks.duck.SharedDuck;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's lake, with all its typed tables, taken back while the demo's stream is still there.
 */
@TakesLong
class DemoReplayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String TABLE = "E-commerce-Data";

  @TempDir Path dir;
  private final ChildJvm service = ChildJvm.of(ServiceJvm.service(classPath()));
  private @Nullable Worker worker;

  private static String classPath() {
    Path target = Path.of(Objects.requireNonNull(System.getProperty("afterbay.it.service")));
    return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
  }

  @Test
  void oneCommitAndTenSecondsAreReadAgainWithTheSameRows() throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Demo demo =
        new Demo(
            this::launch,
            DemoIT.StreamLake::new,
            this::takeBack,
            Screen.lines(new PrintStream(err, true, StandardCharsets.UTF_8)),
            InstantSource.system());

    DemoResult result = demo.run(dir, Duration.ofSeconds(20));

    assertThat(result.sums().streamRecords()).isGreaterThan(300);
  }

  private Worker launch(Path config, Path log) {
    Worker launched = service.launch(config, log);
    worker = launched;
    return launched;
  }

  private Proof.Outcome takeBack(DemoFiles files) {
    awaitRest(files);
    stop();
    Map<String, List<String>> rows = rows(files.lake());
    assertThat(rows.keySet())
        .contains("e_commerce_data/changes", "e_commerce_data/orders", "task_app/tasks");
    List<Path> log = log(files);

    String commit = LakeFiles.json(log.get(log.size() - 2)).path("commit").asText();
    takenBackAndReadAgain(files, rows, "--table", TABLE, "--to-commit", commit);
    Instant from = lastChange(files).truncatedTo(ChronoUnit.SECONDS).minusSeconds(10);
    takenBackAndReadAgain(files, rows, "--from", from.toString());
    return new Proof.Outcome(true, List.of(), new Lake.Answer(List.of(), List.of()));
  }

  private void takenBackAndReadAgain(
      DemoFiles files, Map<String, List<String>> rows, String... what) {
    List<String> replay = new ArrayList<>(List.of("replay", "--config", files.config().toString()));
    replay.addAll(Arrays.asList(what));
    Commands.Ended taken = service.run(replay);
    assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
    assertThat(count(rows(files.lake()))).as(taken.out()).isLessThan(count(rows));

    launch(files.config(), files.log());
    await("the same rows")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> count(rows(files.lake())) >= count(rows));
    awaitRest(files);
    stop();

    assertThat(rows(files.lake())).isEqualTo(rows);
    Commands.Ended fsck =
        service.run(List.of("fsck", "--deep", "--config", files.config().toString()));
    assertThat(fsck.code()).as(fsck.out() + fsck.err()).isZero();
  }

  /** Nothing is written any more: what is in the lake after a few quiet commits is all. */
  private static void awaitRest(DemoFiles files) {
    List<Long> seen = new ArrayList<>();
    await("a lake at rest")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              seen.add(count(rows(files.lake())));
              int last = seen.size() - 1;
              return last >= 5
                  && seen.get(last) > 0
                  && seen.subList(last - 5, last).stream().allMatch(seen.get(last)::equals);
            });
  }

  private void stop() {
    Worker running = Objects.requireNonNull(worker);
    running.terminate();
    assertThat(running.exitCodeWithin(Duration.ofSeconds(30))).hasValue(0);
  }

  private static long count(Map<String, List<String>> rows) {
    return rows.values().stream().mapToLong(List::size).sum();
  }

  /** The rows of every table, by its folder. */
  private static Map<String, List<String>> rows(Path lake) {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Path file : LakeFiles.files(lake, ".parquet")) {
      Path path = lake.relativize(file);
      if (!path.startsWith("_afterbay") && Files.exists(file)) {
        rows.computeIfAbsent(path.getName(0) + "/" + path.getName(1), table -> new ArrayList<>())
            .addAll(
                SharedDuck.ask(
                        "SELECT t::VARCHAR FROM read_parquet('%s', hive_partitioning = false) t"
                            .formatted(file))
                    .stream()
                    .map(row -> row.get(0))
                    .toList());
      }
    }
    rows.values().forEach(all -> all.sort(Comparator.naturalOrder()));
    return rows;
  }

  private static Instant lastChange(DemoFiles files) {
    return Instant.parse(
        SharedDuck.ask(
                "SELECT strftime(max(cdc_time), '%%Y-%%m-%%dT%%H:%%M:%%SZ') FROM read_parquet('%s')"
                    .formatted(files.lake().resolve("e_commerce_data/changes/**/*.parquet")))
            .get(0)
            .get(0));
  }

  /** The entries of the longest log of the table, in their order. */
  private static List<Path> log(DemoFiles files) {
    Map<Path, List<Path>> logs = new TreeMap<>();
    for (Path entry :
        LakeFiles.files(files.lake().resolve("_afterbay/commits/e_commerce_data"), ".json")) {
      logs.computeIfAbsent(entry.getParent(), shard -> new ArrayList<>()).add(entry);
    }
    return logs.entrySet().stream()
        .filter(log -> log.getKey().toString().contains("/shardId-"))
        .map(Map.Entry::getValue)
        .max(Comparator.comparingInt(List::size))
        .orElseThrow();
  }
}
