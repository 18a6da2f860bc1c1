package dev.afterbay.reconciliation.audit;

import static dev.afterbay.reconciliation.audit.Books.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.faults.Crash;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.Fault.Kind;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Injection;
import dev.afterbay.sinks.faults.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit and its repair, killed at any request and repeated. */
class AuditKilledTest {
  private static final Instant MORNING = Instant.parse("2026-11-21T08:00:00Z");

  @TempDir Path scratch;

  @Test
  void afterACrashAtAnyCallARepetitionFindsAndRepairsEachKeyOnce()
      throws IOException, InterruptedException {
    int runs = 0;
    for (Kind kind : new Kind[] {Kind.CRASH_BEFORE, Kind.CRASH_AFTER}) {
      for (int call = 1; crashesAndRecovers(new Fault(kind, call)); call++) {
        runs++;
      }
    }

    assertThat(runs).isGreaterThanOrEqualTo(50);
  }

  private boolean crashesAndRecovers(Fault fault) throws IOException, InterruptedException {
    Books books =
        Books.of(Files.createTempDirectory(scratch, "run-"))
            .told("fine", "fine", MORNING)
            .told("stale", "old", MORNING)
            .told("phantom", "gone", MORNING)
            .commit()
            .inTruth("fine", "fine")
            .inTruth("stale", "new")
            .inTruth("missing", "never seen");
    Injection injection = new Injection(fault, new Network(), 1);
    boolean crashed = false;
    try {
      auditAndRepair(books, new FaultyStore(books.store, injection));
    } catch (Crash e) {
      crashed = true;
    }
    if (!injection.reached()) {
      return false;
    }
    assertThat(crashed).isTrue();

    auditAndRepair(books, new FaultyStore(books.store, undisturbed()));

    assertThat(books.drift(NOON))
        .describedAs("%s", fault)
        .containsExactly(
            "missing {\"Isbn\":{\"S\":\"missing\"}} " + NOON,
            "phantom {\"Isbn\":{\"S\":\"phantom\"}} " + NOON,
            "stale {\"Isbn\":{\"S\":\"stale\"}} " + NOON);
    assertThat(LakeRows.of(books, Files.createTempDirectory(scratch, "read-")))
        .describedAs("%s", fault)
        .containsExactlyInAnyOrder(
            "MODIFY 100 fine fine null",
            "MODIFY 101 stale old null",
            "MODIFY 102 phantom gone null",
            "INSERT REPAIR - 0 missing never seen null",
            "REMOVE REPAIR 102 phantom null gone",
            "MODIFY REPAIR 101 stale new old");
    assertThat(new LakeCheck(books.store, Books.LAKE).check(Books.TABLE).findings())
        .describedAs("%s", fault)
        .isEmpty();
    return true;
  }

  private static Injection undisturbed() {
    return new Injection(new Fault(Kind.CRASH_BEFORE, Integer.MAX_VALUE), new Network(), 1);
  }

  private static void auditAndRepair(Books books, FaultyStore through) throws InterruptedException {
    Audits audits = books.audits(through);
    AuditedTable table = books.table(through);
    AuditSummary summary = audits.audit(table, NOON, AuditProgress.none());
    audits.repair(table, summary, AuditProgress.none());
  }
}
