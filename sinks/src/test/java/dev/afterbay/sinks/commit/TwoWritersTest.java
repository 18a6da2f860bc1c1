package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.FaultyStore.Crash;
import dev.afterbay.sinks.commit.FaultyStore.Disturbance;
import dev.afterbay.sinks.commit.FaultyStore.Effect;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two writers of one shard at once, in every order of their calls. */
class TwoWritersTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-0001");
  private static final Lake LAKE = new Lake("lake");
  private static final int ALL = 1000;

  @TempDir Path scratch;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void inEveryOrderOfARaceForOneCommitExactlyOneWins() {
    int runs = enumerate(ShardFeed.records(2), 9, 9, ALL, 0);

    System.out.println("race for one commit, all orders: " + runs);
    assertThat(runs).isGreaterThanOrEqualTo(500);
  }

  @Test
  void writersThatCutDifferentlyStillWriteEachRecordOnce() {
    int runs = enumerate(ShardFeed.records(4), 1, 3, 10, 0);

    System.out.println("different cuts, orders: " + runs);
    assertThat(runs).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void aWriterThatCrashesInTheRaceLeavesNothingThatTheOtherCannotFinish() {
    int runs = 0;
    for (int crash = 1; crash <= 8; crash++) {
      runs += enumerate(ShardFeed.records(3), 2, 3, 7, crash);
      runs += enumerate(ShardFeed.records(3), 2, 3, 7, -crash);
    }

    System.out.println("crash in the race, orders: " + runs);
    assertThat(runs).isGreaterThanOrEqualTo(1200);
  }

  /**
   * Runs two writers in every order.
   *
   * @param crash at which call the first writer ends, after its effect; before it if negative; 0
   *     for never
   */
  private int enumerate(
      List<ChangeEvent> records, int firstCut, int secondCut, int depth, int crash) {
    Interleaving orders = new Interleaving(depth);
    int runs = 0;
    do {
      MemoryObjectStore memory = new MemoryObjectStore();
      List<Writer> writers = new ArrayList<>();
      List<Writer.End> ends = new ArrayList<>();
      List<Function<Disturbance, Runnable>> processes =
          List.of(
              turns -> process(memory, crashing(turns, crash), records, firstCut, writers, ends),
              turns -> process(memory, turns, records, secondCut, writers, ends));
      orders.run(threads, processes);
      runs++;
      String run = "order " + orders.choices() + ", crash " + crash;
      assertThat(ends).as(run).contains(Writer.End.DONE).doesNotContain(Writer.End.HALTED);
      List<UploadId> aborted = new ArrayList<>();
      writers.forEach(writer -> aborted.addAll(writer.store().aborted()));
      LakeAssert.holdsExactly(memory, LAKE, SHARD, records, aborted, run);
    } while (orders.next());
    return runs;
  }

  private Runnable process(
      MemoryObjectStore memory,
      Disturbance disturbance,
      List<ChangeEvent> records,
      int cut,
      List<Writer> writers,
      List<Writer.End> ends) {
    FaultyStore store = new FaultyStore(memory, disturbance);
    Writer writer = new Writer(store, LAKE, scratch, SHARD, records, cut);
    writers.add(writer);
    return () -> {
      Writer.End end = writer.run();
      synchronized (ends) {
        ends.add(end);
      }
    };
  }

  private static Disturbance crashing(Disturbance turns, int crash) {
    return new Disturbance() {
      @Override
      public <T> T around(int call, Effect<T> effect, Function<String, T> unknown) {
        if (call == -crash) {
          throw new Crash();
        }
        T answer = turns.around(call, effect, unknown);
        if (call == crash) {
          throw new Crash();
        }
        return answer;
      }
    };
  }
}
