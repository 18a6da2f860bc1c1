package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.Damage;
import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.Fault.Kind;
import dev.afterbay.sinks.faults.Injection;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault at every call, alone and in pairs, of processes that follow one another: the lake
 * comes out the same.
 */
class CrashEnumerationTest {
  /** The first process cuts after three records, which are two files; its successors elsewhere. */
  private static final List<Reading> READINGS = Reading.oneShard(5);

  /** Two files, a gap, and one file more. */
  private static final List<Reading> WITH_GAP = Reading.shardWithGap(3, 2, 2);

  private static final List<Integer> CUTS = List.of(3, 2, 4);

  private static final int MOST_DELAY = 14;
  private static final int SOME_DELAY = 5;

  /** The others are like LOST to the protocol, or like what is here at the call after. */
  private static final List<Kind> DIFFERENT =
      List.of(
          Kind.CRASH_BEFORE,
          Kind.HANG_BEFORE,
          Kind.PRECONDITION_FAILED,
          Kind.LOST,
          Kind.APPLIED_UNHEARD,
          Kind.APPLIED_LATE,
          Kind.REPEATED,
          Kind.LISTING_CUT);

  @TempDir Path scratch;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void afterAnyFaultAtAnyCallTheLakeHoldsEachRecordOnce() {
    int runs = 0;
    for (Kind kind : Kind.allBut(Kind.UPLOADS_VANISH)) {
      for (int delay = 1; delay <= (kind == Kind.APPLIED_LATE ? MOST_DELAY : 1); delay++) {
        Run run;
        for (int call = 1; (run = run(READINGS, delay, new Fault(kind, call))).reached(); call++) {
          runs += run.struck() ? 1 : 0;
        }
      }
    }

    System.out.println("single faults: " + runs + " runs");
    assertThat(runs).isGreaterThanOrEqualTo(250);
  }

  @Test
  void afterAnyFaultAtAnyCallAGapIsRecordedOnceInItsPlace() {
    int runs = 0;
    for (Kind kind : Kind.allBut(Kind.UPLOADS_VANISH)) {
      Run run;
      for (int call = 1;
          (run = run(WITH_GAP, SOME_DELAY, new Fault(kind, call))).reached();
          call++) {
        runs += run.struck() ? 1 : 0;
      }
    }

    System.out.println("single faults around a gap: " + runs + " runs");
    assertThat(runs).isGreaterThanOrEqualTo(150);
  }

  @Test
  void afterAnyTwoFaultsInARowTheLakeHoldsEachRecordOnce() {
    int runs = 0;
    for (Kind first : DIFFERENT) {
      Run alone;
      for (int call = 1;
          (alone = run(READINGS, SOME_DELAY, new Fault(first, call))).reached();
          call++) {
        if (alone.struck()) {
          runs += runAll(new Fault(first, call));
        }
      }
    }

    System.out.println("pairs of faults: " + runs + " runs");
    assertThat(runs).isGreaterThanOrEqualTo(4500);
  }

  @Test
  void uploadsThatVanishAreNeverALossInSilence() {
    int damaged = 0;
    Run run;
    for (int call = 1;
        (run = run(READINGS, 1, new Fault(Kind.UPLOADS_VANISH, call))).reached();
        call++) {
      damaged += run.damaged() ? 1 : 0;
    }

    assertThat(damaged).as("runs that end with a person's help").isPositive();
  }

  private int runAll(Fault first) {
    int runs = 0;
    for (Kind kind : DIFFERENT) {
      Run run;
      for (int call = 1;
          (run = run(READINGS, SOME_DELAY, first, new Fault(kind, call))).reached();
          call++) {
        runs += run.struck() ? 1 : 0;
      }
    }
    return runs;
  }

  /**
   * What came of a run.
   *
   * @param reached whether there was a call for the last fault
   * @param struck whether that fault could come about there
   * @param damaged whether what the lake lacks was told, and can come back by no process
   */
  private record Run(boolean reached, boolean struck, boolean damaged) {}

  /**
   * One process for each fault, one after the other, then undisturbed ones until one is done. Those
   * that hung wake up after that.
   */
  private Run run(List<Reading> readings, int delay, Fault... faults) {
    String run = List.of(faults) + ", delay " + delay;
    MemoryObjectStore store = new MemoryObjectStore();
    Network network = new Network();
    List<CompletableFuture<Writer.End>> processes = new ArrayList<>();
    Injection last = new Injection(faults[0], network, delay);
    for (Fault fault : faults) {
      last = new Injection(fault, network, delay);
      start(store, readings, last, network, processes);
    }
    Fault none = new Fault(Kind.LOST, 0);
    while (processes.stream().noneMatch(process -> ended(process, Writer.End.DONE))) {
      if (processes.stream().anyMatch(process -> ended(process, Writer.End.DAMAGED))) {
        assertDamageIsTold(store, run);
        return new Run(true, true, true);
      }
      assertThat(processes).as("processes after " + run).hasSizeLessThan(faults.length + 4);
      start(store, readings, new Injection(none, network, delay), network, processes);
    }
    wakeUp(network, processes, run);
    network.drain();
    LakeAssert.holdsExactly(store, Writer.LAKE, readings, run);
    return new Run(last.reached(), last.struck(), false);
  }

  /** Returns when the process has ended or hangs. */
  private void start(
      MemoryObjectStore store,
      List<Reading> readings,
      Disturbance disturbance,
      Network network,
      List<CompletableFuture<Writer.End>> processes) {
    int cut = CUTS.get(Math.min(processes.size(), CUTS.size() - 1));
    Writer writer = new Writer(store, disturbance, scratch, readings, cut);
    CompletableFuture<Void> hang = network.nextHang();
    CompletableFuture<Writer.End> process = CompletableFuture.supplyAsync(writer::run, threads);
    processes.add(process);
    CompletableFuture.anyOf(process, hang).join();
  }

  private static void wakeUp(
      Network network, List<CompletableFuture<Writer.End>> processes, String run) {
    for (CompletableFuture<Writer.End> process : processes) {
      if (!process.isDone()) {
        assertThat(network.release()).as(run).isTrue();
        assertThat(process.join()).as("the sleeper of " + run).isEqualTo(Writer.End.DONE);
      }
    }
  }

  private static boolean ended(CompletableFuture<Writer.End> process, Writer.End end) {
    return process.isDone() && process.join() == end;
  }

  private static void assertDamageIsTold(MemoryObjectStore store, String run) {
    assertThat(new LakeCheck(store, Writer.LAKE).check(ShardFeed.TABLE).findings())
        .as(run)
        .isNotEmpty()
        .extracting(Finding::damage)
        .containsOnly(Damage.MISSING_FILE);
  }
}
