package dev.afterbay.reconciliation.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.faults.Crash;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.Fault.Kind;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Injection;
import dev.afterbay.sinks.faults.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that takes a snapshot and dies or fails, another one that takes it again. */
@Execution(ExecutionMode.CONCURRENT)
final class SnapshotFaultsTest {
  private static final int DELAY = 3;

  private static final AtomicInteger RUNS = new AtomicInteger();

  @TempDir private Path dir;

  @ParameterizedTest
  @MethodSource("kinds")
  void afterAFaultAtAnyCallARepetitionBringsInEveryItemOnce(Kind kind) throws IOException {
    int call = 1;
    while (isReached(new Fault(kind, call))) {
      call++;
    }

    System.out.println("faults of snapshots, " + kind + ": " + (call - 1) + " runs");
    assertThat(RUNS.addAndGet(call - 1)).isPositive();
    assertThat(call).isGreaterThan(40);
  }

  @AfterAll
  static void tell() {
    System.out.println("faults of snapshots, runs: " + RUNS);
  }

  /** Those that hang need a second process at the same time, which is tested elsewhere. */
  private static List<Kind> kinds() {
    return Kind.allBut(Kind.HANG_BEFORE, Kind.HANG_AFTER, Kind.UPLOADS_VANISH);
  }

  private boolean isReached(Fault fault) throws IOException {
    Market market = new Market(Files.createTempDirectory(dir, "run-"), 7);
    market.exports.describe(market.exports.start(Market.REQUEST, Market.REQUEST.clientToken()));
    Network network = new Network();
    Injection injection = new Injection(fault, network, DELAY);
    try {
      market.take(new FaultyStore(market.store, injection), Slice.WHOLE);
    } catch (Crash e) {
      assertThat(injection.struck()).isTrue();
    } catch (RuntimeException e) {
      assertThat(injection.struck()).as("failed without a fault: %s", e).isTrue();
    }
    market.assertSound(fault + ", half done");

    Taken taken = market.take(market.store, Slice.WHOLE);
    network.drain();

    assertThat(taken).as(fault.toString()).isNotInstanceOf(Taken.Partly.class);
    market.assertComplete(fault.toString());
    assertThat(market.exports.started()).hasSize(1);
    return injection.reached();
  }
}
