package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Comparison;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.reconciliation.compare.Verdict;
import dev.afterbay.reconciliation.compare.WorkFolder;
import dev.afterbay.reconciliation.export.CompletedExport;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.LineVisitor;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.transforms.image.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Audits of source tables. An audit has a moment; asked again with the same one, it goes on where
 * it stopped, or tells what it came to.
 */
public final class Audits {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final AuditParts parts;
  private final Duration patience;
  private final Pause pause;

  /**
   * Audits with these parts.
   *
   * @param patience how long to wait for the lake to come past the moment
   * @param pause between two looks
   */
  public Audits(AuditParts parts, Duration patience, Pause pause) {
    this.parts = parts;
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * Compares a table with its export at a moment, and writes down what differs.
   *
   * @param at to the second
   * @throws dev.afterbay.reconciliation.export.ExportException if the export cannot be had or read
   * @throws RuntimeException before anything is done, if the engine cannot compare the table
   * @throws LakeException if the lake does not come past the moment, or is damaged
   * @throws InterruptedException while waiting
   */
  public AuditSummary audit(AuditedTable table, Instant at, AuditProgress progress)
      throws InterruptedException {
    AuditNotes notes = new AuditNotes(parts.store(), parts.lake());
    Optional<AuditSummary> known = notes.find(table.table(), at);
    if (known.isPresent()) {
      return known.get();
    }
    parts.engine().require(table.table());
    Instant begun = parts.clock().instant();
    CompletedExport export = parts.exports().fetch(table.export(at), progress.export());
    await(table, at, progress);
    try (WorkFolder folder = WorkFolder.in(parts.scratch(), "audit-")) {
      return compare(table, at, begun, export, folder.path(), progress);
    }
  }

  private AuditSummary compare(
      AuditedTable table,
      Instant at,
      Instant begun,
      CompletedExport export,
      Path folder,
      AuditProgress progress) {
    AuditNotes notes = new AuditNotes(parts.store(), parts.lake());
    List<Instant> earlier =
        notes.moments(table.table()).stream().filter(moment -> moment.isBefore(at)).toList();
    DriftLog log = new DriftLog(parts, table.table());
    LakeSide side = LakeSide.of(parts.store(), parts.lake(), table.table(), at);
    Comparison.Outcome outcome;
    try (Comparison comparison =
            parts.engine().open(table.table(), table.columns(), folder.resolve("comparison"));
        DriftLog.Writer writer = log.writer(at, earlier, folder)) {
      load(comparison, table, export, progress);
      outcome = comparison.differences(side, writer::add);
      writer.end();
    }
    List<Drift> drift = log.read(at, folder.resolve("written"));
    return notes.put(
        new AuditSummary(
            table.table(),
            at,
            export.exportArn(),
            export.items(),
            count(drift, Verdict.MISSING),
            count(drift, Verdict.STALE),
            count(drift, Verdict.PHANTOM),
            outcome.rechecked(),
            side.lakeBytes(),
            outcome.scannedBytes(),
            Duration.between(begun, parts.clock().instant())));
  }

  /**
   * Brings the lake to tell the same as the export, in every key that an audit found to differ.
   *
   * @return how many rows of repair there are, those of an earlier attempt included
   * @throws dev.afterbay.reconciliation.export.ExportException if the export cannot be had or read
   * @throws LakeException if the lake is damaged, or another process repairs too
   * @throws InterruptedException while waiting for the export
   */
  public long repair(AuditedTable table, AuditSummary audit, AuditProgress progress)
      throws InterruptedException {
    if (audit.drift() == 0) {
      return 0;
    }
    try (WorkFolder folder = WorkFolder.in(parts.scratch(), "repair-")) {
      return new Repair(parts, table, audit, folder.path()).run(progress);
    }
  }

  private static long count(List<Drift> drift, Verdict verdict) {
    return drift.stream().filter(row -> row.verdict() == verdict).count();
  }

  private void load(
      Comparison comparison, AuditedTable table, CompletedExport export, AuditProgress progress) {
    ExportReader reader = new ExportReader(parts.exported());
    reader.readAll(
        export.files(),
        LineVisitor.items(
            item -> {
              Image image = table.inLake(item);
              comparison.source(image.item(), image.digest());
            }),
        progress.export());
  }

  private void await(AuditedTable table, Instant at, AuditProgress progress)
      throws InterruptedException {
    Instant last = parts.clock().instant().plus(patience);
    Completeness.Progress now = parts.completeness().towards(table.table(), at);
    while (now instanceof Completeness.Progress.Behind behind) {
      if (!parts.clock().instant().isBefore(last)) {
        throw new LakeException(
            "The lake of "
                + table.table()
                + " did not come past "
                + at
                + " in "
                + patience.toSeconds()
                + " s: "
                + behind.where()
                + ". Is a worker running? Then repeat with --at "
                + at
                + " and a longer --wait");
      }
      progress.behind(behind.where());
      pause.rest(LOOK_AGAIN);
      now = parts.completeness().towards(table.table(), at);
    }
  }
}
