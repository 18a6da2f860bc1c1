package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.export.CompletedExport;
import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportProgress;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.LineVisitor;
import dev.afterbay.reconciliation.export.NetChange;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;

/** Heals the gaps of one cluster, whose exports are complete. */
final class Cure {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ObjectStore store;
  private final ExportReader exports;
  private final Lake lake;
  private final HealedTable table;
  private final KeyColumns keys;
  private final InstantSource clock;
  private final Path scratch;
  private final Duck duck;
  private final Evidence evidence;
  private final LakeFiles files;

  Cure(
      ObjectStore store,
      ObjectStore exported,
      Lake lake,
      HealedTable table,
      InstantSource clock,
      Path scratch,
      Duck duck) {
    this.store = store;
    this.exports = new ExportReader(exported);
    this.lake = lake;
    this.table = table;
    this.keys = new KeyColumns(table.keys());
    this.clock = clock;
    this.scratch = scratch;
    this.duck = duck;
    this.evidence = new Evidence(duck, table.table(), keys, table.protection());
    this.files = new LakeFiles(store, scratch);
  }

  /**
   * Heals gaps that are not healed.
   *
   * @param gaps of the cluster, in order
   * @param left those of them that are not healed
   */
  List<GapState> heal(
      List<GapSite> gaps,
      Set<RecordedGap> left,
      Lineages lineages,
      List<Window.Incremental> windows,
      List<CompletedExport> completed,
      ExportProgress progress) {
    Instant w0 = windows.get(0).from();
    Instant w1 = windows.get(windows.size() - 1).to();
    readLines(completed, progress);
    files.inBatches(files.hours(lake, table.table(), w0, w1.plus(HOUR)), evidence::rows);
    evidence.onlyKnownKeys();
    files.inBatches(
        files.hours(lake, table.table(), w1.plus(HOUR), clock.instant().plus(HOUR.multipliedBy(2))),
        evidence::firstRows);
    if (hasUnplaced(new Judge(gaps, lineages, w0, w1, false), gaps, w0, w1)) {
      files.inBatches(files.hours(lake, table.table(), Instant.MIN, w0), evidence::lastRows);
    }
    long[] uncertain = new long[gaps.size()];
    Planned planned = new Planned(duck);
    List<GapSite> open = gaps.stream().filter(gap -> left.contains(gap.gap())).toList();
    Judge judge = new Judge(gaps, lineages, w0, w1, true);
    Judge ofOpen = new Judge(open, lineages, w0, w1, true);
    Function<Traces, List<Finding>> judgement =
        traces -> {
          List<Finding> findings = judge.judge(traces);
          // What a healed gap does not tell must be told by one that was not known then.
          return findings.stream().allMatch(finding -> isIn(open, finding))
              ? findings
              : ofOpen.judge(traces);
        };
    plan(planned, judgement, gaps, w0, w1, uncertain);
    planned.images();
    List<String> arns = completed.stream().map(CompletedExport::exportArn).toList();
    List<GapState> healed = new ArrayList<>();
    for (int i = 0; i < gaps.size(); i++) {
      if (!left.contains(gaps.get(i).gap())) {
        continue;
      }
      HealLog log = new HealLog(store, lake, scratch, clock, keys, gaps.get(i));
      healed.add(
          log.write(
              planned, i, table.rows().get(), arns, Lost.sentence(uncertain[i], windows.size())));
    }
    return healed;
  }

  private void readLines(List<CompletedExport> completed, ExportProgress progress) {
    duck.add(
        "lines",
        lines -> {
          for (int window = 0; window < completed.size(); window++) {
            List<DataFile> data = completed.get(window).files();
            int number = window;
            exports.readAll(
                data, LineVisitor.changes(change -> add(lines, number, change)), progress);
          }
        });
  }

  private void add(DuckDBAppender lines, int window, NetChange change) {
    try {
      evidence.line(lines, window, change);
    } catch (SQLException e) {
      throw new LakeException("DuckDB did not take a line of an export", e);
    }
  }

  private boolean hasUnplaced(Judge judge, List<GapSite> gaps, Instant w0, Instant w1) {
    evidence.unplaced();
    try (Duck writing = duck.another()) {
      writing.add(
          "unplaced",
          unplaced ->
              evidence.each(
                  gaps,
                  w0,
                  w1,
                  (first, second, traces) -> {
                    for (Finding finding : judge.judge(traces)) {
                      if (finding instanceof Finding.Unplaced) {
                        evidence.unplaced(unplaced, first, second);
                      }
                    }
                  }));
    }
    return duck.number("SELECT count(*) FROM unplaced") > 0;
  }

  private static boolean isIn(List<GapSite> open, Finding finding) {
    if (finding instanceof Finding.Changed changed) {
      return open.contains(changed.gap());
    }
    return !(finding instanceof Finding.Uncertain unsure) || open.contains(unsure.gap());
  }

  private void plan(
      Planned planned,
      Function<Traces, List<Finding>> judgement,
      List<GapSite> gaps,
      Instant w0,
      Instant w1,
      long[] uncertain) {
    try (Duck writing = duck.another()) {
      writing.add(
          "planned",
          rows ->
              evidence.each(
                  gaps,
                  w0,
                  w1,
                  (first, second, traces) -> {
                    for (Finding finding : judgement.apply(traces)) {
                      if (finding instanceof Finding.Changed changed) {
                        planned.add(rows, gaps.indexOf(changed.gap()), first, second, changed);
                      } else if (finding instanceof Finding.Uncertain unsure) {
                        uncertain[gaps.indexOf(unsure.gap())]++;
                      }
                    }
                  }));
    }
  }
}
