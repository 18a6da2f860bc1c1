package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TakesLong
class TwoWorkersIT {
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
  void oneWorkerTakesOverWhatAKilledOneHeld() {
    TableName orders = stage.table();
    TableName tasks = stage.table();
    Setup setup = stage.setup(orders, tasks);
    try (CountingLoad loadOfOrders = CountingLoad.start(stage, orders);
        CountingLoad loadOfTasks = CountingLoad.start(stage, tasks);
        ChildProcess one = setup.run("one");
        ChildProcess two = setup.run("two")) {
      setup.awaitRows(orders, 1, one, two);
      setup.awaitRows(tasks, 1, one, two);
      stage.rollShards();
      setup.awaitRows(orders, setup.lake().rows(orders) + 200, one, two);

      boolean oneHoldsOrders = setup.owner(orders).orElse("").equals("one");
      ChildProcess killed = oneHoldsOrders ? one : two;
      ChildProcess heir = oneHoldsOrders ? two : one;
      killed.kill();
      long left = setup.lake().rows(orders);
      setup.awaitRows(orders, left + 500, heir);
      setup.awaitRows(tasks, setup.lake().rows(tasks) + 1, heir);

      try (ChildProcess back = setup.run(oneHoldsOrders ? "one" : "two")) {
        setup.awaitRows(orders, setup.lake().rows(orders) + 200, heir, back);
        loadOfOrders.stop();
        loadOfTasks.stop();
        setup.awaitAll(heir, back);
        heir.terminate();
        back.terminate();

        assertThat(heir.stop()).as(heir.err()).isZero();
        assertThat(back.stop()).as(back.err()).isZero();
      }
    }
    setup.assertExact();
  }
}
