package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TakesLong
class KillIT {
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
  void aKilledWorkerLosesAndDoublesNothing() {
    TableName table = stage.table();
    Setup setup = stage.setup(table);
    try (CountingLoad load = CountingLoad.start(stage, table)) {
      killWhen("it starts", setup, worker -> worker.err().contains("Worker one reads"));
      killWhen("it commits", setup, worker -> setup.lake().log(table).size() > 0);
      setup.assertSound();
      int files = setup.lake().data(table).size();
      killWhen("rows are visible", setup, worker -> setup.lake().data(table).size() > files);
      setup.assertSound();
      int entries = setup.lake().log(table).size();
      killWhen("it commits again", setup, worker -> setup.lake().log(table).size() > entries + 2);
      setup.assertSound();

      try (ChildProcess worker = setup.run("another")) {
        setup.awaitRows(table, setup.lake().rows(table) + 1, worker);
        load.stop();
        setup.awaitAll(worker);
        assertThat(worker.stop()).as(worker.err()).isZero();
      }
    }
    setup.assertExact();
  }

  private static void killWhen(String moment, Setup setup, Predicate<ChildProcess> now) {
    try (ChildProcess worker = setup.run("one")) {
      await(moment)
          .atMost(Setup.PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> !worker.alive() || now.test(worker));
      assertThat(worker.alive()).as(worker.err()).isTrue();
      worker.kill();
    }
  }
}
