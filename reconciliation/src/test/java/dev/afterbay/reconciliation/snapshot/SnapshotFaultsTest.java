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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that takes a snapshot and dies or fails, another one that takes it again. */
final class SnapshotFaultsTest {
  private static final int DELAY = 3;

  /** Those that hang need a second process at the same time, which is tested elsewhere. */
  private static final List<Kind> KINDS =
      Kind.allBut(Kind.HANG_BEFORE, Kind.HANG_AFTER, Kind.UPLOADS_VANISH);

  @TempDir private Path dir;

  @Test
  void afterAnyFaultAtAnyCallARepetitionBringsInEveryItemOnce() throws IOException {
    int runs = 0;
    for (Kind kind : KINDS) {
      int call = 1;
      while (isReached(new Fault(kind, call))) {
        call++;
      }
      runs += call - 1;
    }

    System.out.println("faults of snapshots, runs: " + runs);
    assertThat(runs).isGreaterThan(500);
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
