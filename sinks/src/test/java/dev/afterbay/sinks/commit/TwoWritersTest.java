package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.Interleaving.Bounds;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Fault.Kind;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two writers of the same shards at once, in every order of their calls within stated bounds, and a
 * third that takes over when both have ended.
 */
@Execution(ExecutionMode.CONCURRENT)
class TwoWritersTest {
  private static final List<Reading> ONE_RECORD = Reading.oneShard(1);
  private static final List<Reading> NO_RECORD = Reading.oneShard(0);
  private static final List<Reading> RECORDS = Reading.oneShard(3);
  private static final List<Reading> GENERATIONS = Reading.parentAndChild(2, 1);

  /** All records in one segment. */
  private static final int ALL = 99;

  private static final AtomicInteger TOTAL = new AtomicInteger();

  @TempDir Path scratch;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @AfterAll
  static void tell() {
    System.out.println("two writers, all families: " + TOTAL + " interleavings");
  }

  @Test
  void ofTwoThatRaceForOneCommitOneWinsInEveryOrder() {
    explore("one commit, every order", Bounds.everyOrder(), ONE_RECORD, ALL, ALL, 500);
    explore("an empty end, every order", Bounds.everyOrder(), NO_RECORD, ALL, ALL, 6);
  }

  @Test
  void inEveryOrderOfTheirFirstCallsWritersWriteEachRecordOnce() {
    explore("same cuts, two commits each", Bounds.everyOrderOf(10), RECORDS, 2, 2, 1000);
    explore("different cuts", Bounds.everyOrderOf(10), RECORDS, 1, 2, 1000);
    explore("one record each", Bounds.everyOrderOf(10), RECORDS, 1, 1, 1000);
    explore("parent and child", Bounds.everyOrderOf(10), GENERATIONS, 1, 2, 1000);
  }

  @Test
  void aWriterThatSleepsAtAnyCallWakesUpHarmlessly() {
    explore("three pauses, same cuts", Bounds.pauses(3), RECORDS, 2, 2, 600);
    explore("three pauses, different cuts", Bounds.pauses(3), RECORDS, 1, 2, 1400);
  }

  @Test
  void aParentsZombieThatSleepsAtAnyCallCannotHurtTheChild() {
    explore("three pauses, parent and child", Bounds.pauses(3), GENERATIONS, 1, 2, 3300);
  }

  @Test
  void aWriterThatCrashesAtAnyCallLeavesNothingThatTheOtherCannotFinish() {
    Bounds everyOrder = Bounds.everyOrder().with(1, Kind.CRASH_BEFORE);
    explore("a crash, one commit, every order", everyOrder, ONE_RECORD, ALL, ALL, 2800);
    Bounds pauses = Bounds.pauses(2).with(1, Kind.CRASH_BEFORE);
    explore("a crash, two pauses, different cuts", pauses, RECORDS, 1, 2, 2800);
    Bounds pause = Bounds.pauses(1).with(1, Kind.CRASH_BEFORE);
    explore("a crash, one pause, parent and child", pause, GENERATIONS, 1, 2, 500);
  }

  @Test
  void whatTwoCrashedWritersLeaveAThirdFinishes() {
    Bounds pause = Bounds.pauses(1).with(2, Kind.CRASH_BEFORE);
    explore("two crashes, one pause, different cuts", pause, RECORDS, 1, 2, 1700);
  }

  @Test
  void aRequestWithoutAnAnswerIsTakenNeitherForAFailureNorForASuccess() {
    Bounds pause = Bounds.pauses(1).with(1, Interleaving.IN_DOUBT);
    explore("a doubtful answer, one pause, one commit", pause, ONE_RECORD, ALL, ALL, 1200);
    explore("a doubtful answer, one pause, different cuts", pause, RECORDS, 1, 2, 5000);
    Bounds none = Bounds.pauses(0).with(1, Interleaving.IN_DOUBT);
    explore("a doubtful answer, parent and child", none, GENERATIONS, 1, 2, 700);
  }

  @Test
  void aChildThatIsOpenedTooEarlyWaits() {
    List<Reading> child = GENERATIONS.subList(1, 2);
    explore("a child too early", Bounds.pauses(3), GENERATIONS, 1, child, ALL, 300);
  }

  private void explore(
      String family,
      Bounds bounds,
      List<Reading> readings,
      int firstCut,
      int secondCut,
      int atLeast) {
    explore(family, bounds, readings, firstCut, readings, secondCut, atLeast);
  }

  /** Runs two writers, and an heir that reads what the first one does, in all orders. */
  private void explore(
      String family,
      Bounds bounds,
      List<Reading> readings,
      int firstCut,
      List<Reading> secondReadings,
      int secondCut,
      int atLeast) {
    Interleaving orders = new Interleaving(bounds);
    int runs = 0;
    do {
      MemoryObjectStore store = new MemoryObjectStore();
      List<Writer.End> ends = new ArrayList<>(Collections.nCopies(3, Writer.End.CRASHED));
      orders.run(
          threads,
          new Network(),
          List.of(
              turns -> writer(0, store, turns, readings, firstCut, ends),
              turns -> writer(1, store, turns, secondReadings, secondCut, ends)),
          turns -> writer(2, store, turns, readings, ALL, ends));
      runs++;
      assertThat(ends.get(2)).as("the heir in %s, %s", family, orders).isEqualTo(Writer.End.DONE);
      assertThat(ends).as("%s, %s", family, orders).isSubsetOf(possibleEnds(bounds));
      LakeAssert.holdsExactly(store, Writer.LAKE, readings, family + ", " + orders);
    } while (orders.next());
    TOTAL.addAndGet(runs);
    System.out.println("two writers, " + family + ": " + runs + " interleavings");
    assertThat(runs).as(family).isGreaterThanOrEqualTo(atLeast);
  }

  private static Set<Writer.End> possibleEnds(Bounds bounds) {
    if (bounds.faults() == 0) {
      return EnumSet.of(Writer.End.DONE, Writer.End.TOO_EARLY);
    }
    return bounds.kinds().equals(List.of(Kind.CRASH_BEFORE))
        ? EnumSet.of(Writer.End.DONE, Writer.End.CRASHED)
        : EnumSet.of(Writer.End.DONE, Writer.End.HALTED);
  }

  private Runnable writer(
      int process,
      MemoryObjectStore store,
      Disturbance turns,
      List<Reading> readings,
      int cut,
      List<Writer.End> ends) {
    Writer writer = new Writer(store, turns, scratch, readings, cut);
    return () -> {
      Writer.End end = writer.run();
      synchronized (ends) {
        ends.set(process, end);
      }
    };
  }
}
