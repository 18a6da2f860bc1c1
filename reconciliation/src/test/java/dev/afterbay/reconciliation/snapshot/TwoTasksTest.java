package dev.afterbay.reconciliation.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that take the same snapshot: one sleeps at a call while the other runs. */
final class TwoTasksTest {
  @TempDir private Path dir;

  @Test
  void whereverOneSleepsWhileTheOtherTakesAllEveryItemIsThereOnce() throws IOException {
    int runs = 0;
    while (isReached(runs + 1, Integer.MAX_VALUE)) {
      runs++;
    }

    System.out.println("snapshots that were overtaken, runs: " + runs);
    assertThat(runs).isGreaterThan(60);
  }

  @Test
  void whereverOneSleepsWhileTheOtherDiesHalfwayEveryItemIsThereOnce() throws IOException {
    int runs = 0;
    for (int calls = 30; calls < 100; calls += 7) {
      for (int call = 1; isReached(call, calls); call += 3) {
        runs++;
      }
    }

    System.out.println("snapshots that were overtaken halfway, runs: " + runs);
    assertThat(runs).isGreaterThan(200);
  }

  /** Whether the sleeper makes so many calls, when the other dies after its own. */
  private boolean isReached(int sleepAt, int dieAfter) throws IOException {
    Market market = new Market(Files.createTempDirectory(dir, "run-"), 7);
    market.exports.describe(market.exports.start(Market.REQUEST, Market.REQUEST.clientToken()));
    Asleep sleep = new Asleep(sleepAt, () -> other(market, dieAfter));

    Taken taken = market.take(new FaultyStore(market.store, sleep), Slice.WHOLE);

    String run = "sleeps at " + sleepAt + ", the other dies after " + dieAfter;
    assertThat(taken).as(run).isNotInstanceOf(Taken.Partly.class);
    market.assertComplete(run);
    assertThat(market.exports.started()).hasSize(1);
    return sleep.slept;
  }

  private static void other(Market market, int dieAfter) {
    try {
      market.take(new FaultyStore(market.store, new Dying(dieAfter)), Slice.WHOLE);
    } catch (Death e) {
      market.assertSound("the other is dead");
    }
  }

  /** Does something else before one of the calls. */
  private static final class Asleep implements Disturbance {
    private final int at;
    private final Runnable meanwhile;
    private boolean slept;

    Asleep(int at, Runnable meanwhile) {
      this.at = at;
      this.meanwhile = meanwhile;
    }

    @Override
    public <T> T around(Call<T> call) {
      if (call.number() == at) {
        slept = true;
        meanwhile.run();
      }
      return call.apply();
    }
  }

  private record Dying(int after) implements Disturbance {
    @Override
    public <T> T around(Call<T> call) {
      if (call.number() > after) {
        throw new Death();
      }
      return call.apply();
    }
  }

  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
