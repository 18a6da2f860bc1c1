package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.Fault.Injection;
import dev.afterbay.sinks.commit.Fault.Kind;
import dev.afterbay.sinks.commit.Fault.Wire;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault at every call, alone and in pairs: the lake comes out the same. */
class CrashEnumerationTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-0001");
  private static final Lake LAKE = new Lake("lake");
  private static final int MOST_DELAY = 14;

  @TempDir Path scratch;

  /** The first process cuts after three records, which are two files; its successors elsewhere. */
  private final List<ChangeEvent> records = ShardFeed.records(5);

  @Test
  void afterAnyFaultAtAnyCallTheLakeHoldsEachRecordOnce() {
    int runs = 0;
    for (Kind kind : Kind.values()) {
      boolean late = kind == Kind.UNKNOWN_APPLIED_LATE;
      for (int delay = 1; delay <= (late ? MOST_DELAY : 1); delay++) {
        boolean struck = true;
        for (int call = 1; struck; call++) {
          struck = run(List.of(new Fault(kind, call)), delay);
          runs++;
        }
      }
    }

    System.out.println("single faults, runs: " + runs);
    assertThat(runs).isGreaterThanOrEqualTo(230);
  }

  @Test
  void afterAnyTwoFaultsInARowTheLakeHoldsEachRecordOnce() {
    int runs = 0;
    for (Kind first : Kind.values()) {
      for (Kind second : Kind.values()) {
        boolean firstStruck = true;
        for (int call = 1; firstStruck; call++) {
          boolean secondStruck = true;
          for (int next = 1; secondStruck; next++) {
            List<Fault> faults = List.of(new Fault(first, call), new Fault(second, next));
            secondStruck = run(faults, 5);
            runs++;
          }
          firstStruck = run(List.of(new Fault(first, call)), 5);
        }
      }
    }

    System.out.println("pairs of faults, runs: " + runs);
    assertThat(runs).isGreaterThanOrEqualTo(2500);
  }

  /**
   * One process for each fault, one after the other, then undisturbed ones until one is done.
   *
   * @return whether the last fault came about
   */
  private boolean run(List<Fault> faults, int delay) {
    String run = faults + ", delay " + delay;
    MemoryObjectStore memory = new MemoryObjectStore();
    Wire wire = new Wire();
    List<UploadId> aborted = new ArrayList<>();
    Writer.End end = Writer.End.CRASHED;
    boolean struck = false;
    int process = 0;
    for (Fault fault : faults) {
      Injection injection = new Injection(fault, wire, delay);
      Writer writer = writer(new FaultyStore(memory, injection), process++);
      end = writer.run();
      struck = injection.struck();
      aborted.addAll(writer.store().aborted());
    }
    Fault none = new Fault(Kind.CRASH_BEFORE, 0);
    for (int restarts = 0; end != Writer.End.DONE; restarts++) {
      assertThat(restarts).as("restarts after " + run).isLessThan(4);
      FaultyStore store = new FaultyStore(memory, new Injection(none, wire, delay));
      Writer writer = writer(store, process++);
      end = writer.run();
      aborted.addAll(writer.store().aborted());
    }
    wire.drain();
    LakeAssert.holdsExactly(memory, LAKE, SHARD, records, aborted, run);
    return struck;
  }

  private Writer writer(FaultyStore store, int process) {
    int cut = process == 0 ? 3 : process == 1 ? 2 : 4;
    return new Writer(store, LAKE, scratch, SHARD, records, cut);
  }
}
