package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Difference;
import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.PrunedFiles;
import dev.afterbay.reconciliation.compare.Verdict;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.VisibleFiles;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.AuditTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of one table's audits: each audit has a log of its own. */
final class DriftLog {
  private final AuditParts parts;
  private final TableName table;

  DriftLog(AuditParts parts, TableName table) {
    this.parts = parts;
    this.table = table;
  }

  static String nameOf(Instant at) {
    return "audit-" + Lake.moment(at);
  }

  private StreamShard log(Instant at) {
    return new StreamShard(table, StreamLabel.NONE, new ShardId(nameOf(at)));
  }

  /** What takes the differences of an audit, in the order of their keys. */
  interface Writer extends AutoCloseable {
    /** Adds a row, unless the log has it. */
    void add(Difference difference);

    /** Nothing more differs. */
    void end();

    @Override
    void close();
  }

  /** The writer of an audit; of one whose log has ended, one that adds nothing. */
  Writer writer(Instant at, List<Instant> earlier, Path folder) {
    CountedLog opened =
        CountedLog.open(
            parts.store(), parts.lake(), Workspace.in(parts.scratch()), parts.clock(), log(at));
    if (opened.log().ended()) {
      return new Finished();
    }
    Set<String> known = new HashSet<>();
    rows(opened.files(), folder.resolve("known")).forEach(drift -> known.add(drift.key()));
    Map<String, Drift> before = new HashMap<>();
    if (!earlier.isEmpty()) {
      read(earlier.get(earlier.size() - 1), folder.resolve("earlier"))
          .forEach(drift -> before.put(drift.key(), drift));
    }
    return new Open(new CountedWriter(opened, parts.clock(), () -> {}), at, known, before);
  }

  /** The rows of an audit. */
  List<Drift> read(Instant at, Path folder) {
    List<StagedFile> files =
        CountedLog.read(new LogEntries(parts.store(), parts.lake()), log(at)).stream()
            .flatMap(entry -> entry.files().stream())
            .toList();
    return rows(files, folder);
  }

  private List<Drift> rows(List<StagedFile> files, Path folder) {
    List<Drift> rows = new ArrayList<>();
    if (files.isEmpty()) {
      return rows;
    }
    List<StoredObject> objects = VisibleFiles.of(parts.store(), files.stream());
    Set<String> columns = Set.of(AuditTable.CDC_KEY, AuditTable.VERDICT, AuditTable.FIRST_SEEN);
    List<Path> copies = new PrunedFiles(parts.store()).copy(objects, columns, folder);
    try (Duck duck = Duck.inMemory(Duck.Limits.of(folder))) {
      duck.ask(
          "SELECT %s, %s, epoch_us(%s) AS micros FROM read_parquet(%s) ORDER BY %s"
              .formatted(
                  AuditTable.CDC_KEY,
                  AuditTable.VERDICT,
                  AuditTable.FIRST_SEEN,
                  Duck.files(copies),
                  AuditTable.CDC_KEY),
          row ->
              rows.add(
                  new Drift(
                      row.getString(AuditTable.CDC_KEY),
                      Verdict.of(row.getString(AuditTable.VERDICT)),
                      Instant.EPOCH.plus(row.getLong("micros"), ChronoUnit.MICROS))));
    }
    return rows;
  }

  private record Open(
      CountedWriter writer, Instant at, Set<String> known, Map<String, Drift> before)
      implements Writer {
    @Override
    public void add(Difference difference) {
      String key = difference.key().json();
      if (known.contains(key)) {
        return;
      }
      Verdict verdict = difference.verdict();
      Drift same = before.get(key);
      Instant firstSeen = same != null && same.verdict() == verdict ? same.firstSeen() : at;
      LakeRow row =
          new LakeRow(
              LakeTable.audits(),
              AuditTable.row(
                  nameOf(at),
                  at,
                  key,
                  verdict.text(),
                  difference.lakeDigest().orElse(null),
                  difference.sourceDigest().orElse(null),
                  firstSeen),
              at);
      writer.add(at, key + "|" + verdict.text(), () -> new RowMaker.Made(List.of(row), List.of()));
    }

    @Override
    public void end() {
      writer.end();
    }

    @Override
    public void close() {
      writer.close();
    }
  }

  private static final class Finished implements Writer {
    @Override
    public void add(Difference difference) {}

    @Override
    public void end() {}

    @Override
    public void close() {}
  }
}
