package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.transforms.change.TableName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a shard is without a reader when its reader goes, with the settings as shipped: printed,
 * not asserted. {@code -Dafterbay.it.takeovers=5} repeats it and prints the median.
 */
@TakesLong
class TakeOverIT {
  private static final int TIMES = Integer.getInteger("afterbay.it.takeovers", 1);
  private static final Duration AT_LEAST_SOMETIME = Duration.ofSeconds(60);

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void anotherWorkerCommitsAfterTheOwnerThatIsAlsoTheLeaderWasKilled() {
    report("kill -9 of the owner and leader", ChildProcess::kill);
  }

  @Test
  void anotherWorkerCommitsAfterTheOwnerThatIsAlsoTheLeaderWasStopped() {
    report(
        "clean stop of the owner and leader",
        worker -> assertThat(worker.stop()).as(worker.err()).isZero());
  }

  private static void report(String event, Consumer<ChildProcess> end) {
    List<Duration> taken = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      taken.add(takeOver(end));
    }
    System.out.printf(
        Locale.ROOT,
        "%s -> another worker's first commit: %s; median %.1f s%n",
        event,
        taken.stream().map(TakeOverIT::seconds).collect(Collectors.joining(", ")),
        taken.stream().sorted().toList().get(TIMES / 2).toMillis() / 1000.0);
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }

  private static Duration takeOver(Consumer<ChildProcess> end) {
    TableName table = stage.table();
    URI dynamodb = stage.aws().endpoints().dynamodb();
    Setup setup = stage.setup("take-over-of-" + table, "{}", dynamodb, table);
    try (CountingLoad load = CountingLoad.start(stage, table);
        ChildProcess owner = setup.run("owner")) {
      setup.awaitRows(table, 1, owner);
      try (ChildProcess heir = setup.run("heir")) {
        await("both at work")
            .atMost(Setup.PATIENCE)
            .until(
                () ->
                    setup.workers(table).contains("heir")
                        && setup.leader(table).equals(Optional.of("owner"))
                        && setup.owner(table).equals(Optional.of("owner")));
        Instant ended = Instant.now();
        end.accept(owner);
        List<Path> before = setup.lake().log(table);

        await("the heir's first commit")
            .atMost(AT_LEAST_SOMETIME)
            .pollInterval(Duration.ofMillis(100))
            .until(() -> !heir.alive() || setup.lake().log(table).size() > before.size());
        assertThat(heir.alive()).as(heir.err()).isTrue();
        List<Path> after = new ArrayList<>(setup.lake().log(table));
        after.removeAll(before);
        Instant committed = LakeFiles.committedAt(after.get(0));
        assertThat(committed).isAfter(ended);
        load.stop();
        return Duration.between(ended, committed);
      }
    }
  }
}
