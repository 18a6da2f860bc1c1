package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.commit.Interleaving.Bounds;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.SlimFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check of a lake that is being written finds no damage, in whatever order the calls come. */
class CheckBesideWritersTest {
  private static final StreamShard PARENT = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final Lake LAKE = new Lake("lake");
  private static final int CALLS = 10;

  @TempDir Path scratch;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aSoundLakeStaysSoundWhileItGrows() {
    int runs = 0;
    for (int written = 0; written <= 2; written++) {
      runs += enumerate(written);
    }

    System.out.println("check beside a writer: " + runs + " interleavings");
    assertThat(runs).isGreaterThanOrEqualTo(1500);
  }

  /**
   * Checks in every order.
   *
   * @param written how many commits there are when the check starts
   */
  private int enumerate(int written) {
    Interleaving orders = new Interleaving(Bounds.everyOrderOf(CALLS));
    int runs = 0;
    do {
      MemoryObjectStore memory = new MemoryObjectStore();
      ShardLog parent = open(log(memory).open(PARENT));
      for (int i = 1; i <= written; i++) {
        commit(parent, i);
      }
      List<LakeReport> reports = new ArrayList<>();
      Function<Disturbance, Runnable> writer =
          turns -> () -> write(new FaultyStore(memory, turns), written);
      Function<Disturbance, Runnable> check =
          turns ->
              () ->
                  reports.add(
                      new LakeCheck(new FaultyStore(memory, turns), LAKE).check(ShardFeed.TABLE));
      orders.run(threads, new Network(), List.of(writer, check), check);
      runs++;
      assertThat(reports)
          .as("%s, written %d", orders, written)
          .hasSize(2)
          .allSatisfy(report -> assertThat(report.findings()).isEmpty());
    } while (orders.next());
    return runs;
  }

  private void write(FaultyStore store, int written) {
    ShardLog parent = open(log(store).open(PARENT));
    commit(parent, written + 1);
    assertThat(parent.commitEnd(SlimFeed.fill(parent.begin(), written + 2, written + 2)))
        .isInstanceOf(Outcome.Committed.class);
    commit(open(log(store).openChild(CHILD, PARENT.shard())), written + 3);
  }

  private static void commit(ShardLog log, int number) {
    assertThat(log.commit(SlimFeed.fill(log.begin(), number, number)))
        .isInstanceOf(Outcome.Committed.class);
  }

  private CommitLog log(ObjectStore store) {
    return new CommitLog(store, LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
  }

  private static ShardLog open(Opening opening) {
    return ((Opening.Opened) opening).log();
  }
}
