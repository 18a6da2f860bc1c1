package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.Interleaving.Bounds;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.Fault.Kind;
import dev.afterbay.sinks.faults.Injection;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A log that is rewound while a writer reads it, in every order of their calls within stated
 * bounds: a writer that sleeps through it is a zombie. At last the rewind is repeated, as a person
 * would who does not know what became of it, and a writer reads everything to its end.
 */
@Execution(ExecutionMode.CONCURRENT)
class RewindOrdersTest {
  private static final List<Reading> ONE_RECORD = Reading.oneShard(1);
  private static final List<Reading> RECORDS = Reading.oneShard(3);
  private static final List<Reading> GENERATIONS = Reading.parentAndChild(2, 1);

  /** Everything goes. */
  private static final Instant FIRST = ShardFeed.TIME;

  /** The first record stays. */
  private static final Instant SECOND = ShardFeed.record(2).approximateCreation();

  private static final AtomicInteger TOTAL = new AtomicInteger();

  @TempDir Path scratch;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @AfterAll
  static void tell() {
    System.out.println("rewinds, all families: " + TOTAL + " interleavings");
  }

  @Test
  void aWriterThatSleepsThroughARewindBringsNothingBack() {
    explore("three pauses, one record", Bounds.pauses(3), ONE_RECORD, FIRST, 1, 100);
    explore("three pauses, all goes", Bounds.pauses(3), RECORDS, FIRST, 1, 190);
    explore("three pauses, one stays", Bounds.pauses(3), RECORDS, SECOND, 1, 110);
    explore("three pauses, two files a commit", Bounds.pauses(3), RECORDS, FIRST, 99, 46);
  }

  @Test
  void aChildsWriterThatSleepsWhileTheParentIsRewoundBringsNothingBack() {
    explore("three pauses, a child, all goes", Bounds.pauses(3), GENERATIONS, FIRST, 1, 100);
    explore("three pauses, a child, one stays", Bounds.pauses(3), GENERATIONS, SECOND, 1, 100);
  }

  @Test
  void aRewindOrAWriterThatCrashesAtAnyCallLeavesWhatARepetitionFinishes() {
    Bounds pause = Bounds.pauses(1).with(1, Kind.CRASH_BEFORE);
    explore("a crash, one pause", pause, RECORDS, SECOND, 1, 100);
    explore("a crash, one pause, a child", pause, GENERATIONS, SECOND, 1, 100);
  }

  @Test
  void aRequestWithoutAnAnswerIsTakenNeitherForAFailureNorForASuccess() {
    Bounds none = Bounds.pauses(1).with(1, Interleaving.IN_DOUBT);
    explore("a doubtful answer, one pause", none, ONE_RECORD, FIRST, 1, 100);
  }

  @Test
  void ofTwoRewindsAtOnceNothingIsLost() {
    exploreFilled("two rewinds, two pauses", Bounds.pauses(2), RECORDS, SECOND, 100);
    exploreFilled("two rewinds of a parent, two pauses", Bounds.pauses(2), GENERATIONS, FIRST, 100);
    Bounds crash = Bounds.pauses(1).with(1, Kind.CRASH_BEFORE);
    exploreFilled("two rewinds, a crash", crash, GENERATIONS, FIRST, 100);
  }

  @Test
  void aRewindThatCrashesAfterAnyCallCanBeRepeated() {
    Bounds crash = Bounds.pauses(0).with(1, Kind.CRASH_BEFORE, Kind.CRASH_AFTER);
    explore("a crash before or after any call", crash, GENERATIONS, SECOND, 1, 100);
  }

  /** A writer and a rewind. */
  private void explore(
      String family, Bounds bounds, List<Reading> readings, Instant from, int cut, int atLeast) {
    explore(
        family,
        bounds,
        readings,
        from,
        atLeast,
        MemoryObjectStore::new,
        (store, ends) -> turns -> ending(0, writer(store, turns, readings, cut), ends));
  }

  /** Two rewinds of logs that have ended. */
  private void exploreFilled(
      String family, Bounds bounds, List<Reading> readings, Instant from, int atLeast) {
    explore(
        family,
        bounds,
        readings,
        from,
        atLeast,
        () -> filled(readings),
        (store, ends) ->
            turns -> ending(0, new RewindingProcess(store, turns, readings, from)::run, ends));
  }

  private interface Rival {
    Function<Disturbance, Runnable> of(MemoryObjectStore store, List<Writer.End> ends);
  }

  private void explore(
      String family,
      Bounds bounds,
      List<Reading> readings,
      Instant from,
      int atLeast,
      Supplier<MemoryObjectStore> lake,
      Rival rival) {
    Interleaving orders = new Interleaving(bounds);
    int runs = 0;
    do {
      MemoryObjectStore store = lake.get();
      List<Writer.End> ends = new ArrayList<>(Collections.nCopies(4, Writer.End.CRASHED));
      orders.run(
          threads,
          new Network(),
          List.of(
              rival.of(store, ends),
              turns -> ending(1, new RewindingProcess(store, turns, readings, from)::run, ends)),
          turns -> {
            Runnable repeated =
                ending(2, new RewindingProcess(store, turns, readings, from)::run, ends);
            Runnable heir = ending(3, writer(store, turns, readings, 99), ends);
            return () -> {
              repeated.run();
              heir.run();
            };
          });
      runs++;
      String run = family + ", " + orders;
      assertThat(ends.subList(2, 4)).as(run).containsOnly(Writer.End.DONE);
      assertThat(ends).as(run).isSubsetOf(EnumSet.complementOf(EnumSet.of(Writer.End.DAMAGED)));
      LakeAssert.holdsExactly(store, Writer.LAKE, readings, run);
    } while (orders.next());
    TOTAL.addAndGet(runs);
    System.out.println("rewinds, " + family + ": " + runs + " interleavings");
    assertThat(runs).as(family).isGreaterThanOrEqualTo(atLeast);
  }

  private MemoryObjectStore filled(List<Reading> readings) {
    MemoryObjectStore store = new MemoryObjectStore();
    Injection undisturbed = new Injection(new Fault(Kind.LOST, 0), new Network(), 1);
    assertThat(writer(store, undisturbed, readings, 1).get()).isEqualTo(Writer.End.DONE);
    return store;
  }

  private Supplier<Writer.End> writer(
      MemoryObjectStore store, Disturbance turns, List<Reading> readings, int cut) {
    return new Writer(store, turns, scratch, readings, cut)::run;
  }

  private static Runnable ending(int process, Supplier<Writer.End> body, List<Writer.End> ends) {
    return () -> {
      Writer.End end = body.get();
      synchronized (ends) {
        ends.set(process, end);
      }
    };
  }
}
