package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.DuckLake;
import dev.afterbay.reconciliation.compare.KeyColumns;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.reconciliation.compare.Verdict;
import dev.afterbay.reconciliation.export.CompletedExport;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.LineVisitor;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.VisibleFiles;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The repair of what one audit found: for each key a row of changes that takes the place of the
 * version that was the newest, and follows it in time.
 *
 * <p>Exactly once: (1) Open the log of the repair; its rows are visible. (2) Look up the versions
 * to correct as they were without these rows. (3) Add rows for the keys that have none. (4) End the
 * log.
 */
final class Repair {
  private static final SequenceNumber BEFORE_ALL = SequenceNumber.parse("0");
  private static final String JSON = ".json";

  /** Engines that know time to the millisecond must see which of the two is the later one. */
  private static final Duration JUST_AFTER = Duration.ofMillis(1);

  private final AuditParts parts;
  private final AuditedTable table;
  private final AuditSummary audit;
  private final Path folder;
  private final KeyColumns keys;
  private final ShardId name;

  Repair(AuditParts parts, AuditedTable table, AuditSummary audit, Path folder) {
    this.parts = parts;
    this.table = table;
    this.audit = audit;
    this.folder = folder;
    this.keys = table.columns();
    this.name = new ShardId("repair-" + Lake.moment(audit.at()));
  }

  long run(AuditProgress progress) throws InterruptedException {
    CountedLog opened =
        CountedLog.open(
            parts.store(),
            parts.lake(),
            Workspace.in(parts.scratch()),
            parts.clock(),
            new StreamShard(table.table(), StreamLabel.NONE, name));
    if (opened.log().ended()) {
      return opened.records();
    }
    List<Drift> drift =
        new DriftLog(parts, table.table()).read(audit.at(), folder.resolve("drift"));
    CompletedExport export = parts.exports().fetch(table.export(audit.at()), progress.export());
    RowMaker rows = table.tables().rowsOfProtected(Origin.REPAIR);
    try (Duck duck = Duck.inMemory(Duck.Limits.of(folder));
        CountedWriter writer = new CountedWriter(opened, parts.clock(), rows::segmentBegins)) {
      list(duck, drift);
      findVersions(duck, opened);
      findItems(duck, drift, export, progress);
      Set<String> done = done(duck, opened);
      StreamLabel newest = newestStream();
      duck.ask(
          """
          SELECT d.n, d.verdict, %s, v.cdc_stream, v.cdc_seq, epoch_us(v.cdc_time) AS micros,
            i.new_image AS old_image, s.image
          FROM drift d
            LEFT JOIN version v ON v.n = d.n
            LEFT JOIN lake_images i ON i.cdc_file = v.cdc_file AND i.cdc_row = v.cdc_row
            LEFT JOIN item s ON s.n = d.n
          ORDER BY d.n"""
              .formatted(keys.of("d")),
          row -> {
            Image key = keys.keyOf(row);
            if (!done.contains(key.json())) {
              add(writer, rows, key, Correction.of(row, newest, audit.at()));
            }
          });
      writer.end();
    }
    return drift.size();
  }

  /** The keys to repair, numbered in their order. */
  private void list(Duck duck, List<Drift> drift) {
    duck.run("CREATE TABLE drift (n INTEGER, verdict VARCHAR, " + keys.definitions() + ")");
    try (DuckDBAppender list = duck.append("drift")) {
      for (int n = 0; n < drift.size(); n++) {
        list.beginRow().append(n).append(drift.get(n).verdict().text());
        keys.append(list, Image.parse(drift.get(n).key()).item());
        list.endRow();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not take the keys to repair", e);
    }
  }

  /** The version of each key that is to be corrected, and the text of its image. */
  private void findVersions(Duck duck, CountedLog opened) {
    Set<ObjectKey> own = opened.files().stream().map(StagedFile::key).collect(Collectors.toSet());
    LakeSide side =
        LakeSide.of(parts.store(), parts.lake(), table.table(), audit.at()).without(own);
    DuckLake lake = new DuckLake(duck, keys, parts.store(), folder.resolve("lake"));
    lake.view(side);
    duck.run("CREATE TABLE version AS " + lake.newest("drift", "n", audit.at()));
    Set<String> files = new HashSet<>();
    duck.ask(
        "SELECT DISTINCT cdc_file FROM version WHERE cdc_digest IS NOT NULL",
        row -> files.add(row.getString(1)));
    lake.images(files);
  }

  /** The exported items of the keys. */
  private void findItems(
      Duck duck, List<Drift> drift, CompletedExport export, AuditProgress progress) {
    Map<String, Integer> wanted = new HashMap<>();
    for (int n = 0; n < drift.size(); n++) {
      if (drift.get(n).verdict() != Verdict.PHANTOM) {
        wanted.put(drift.get(n).key(), n);
      }
    }
    duck.run("CREATE TABLE item (n INTEGER, image VARCHAR)");
    if (wanted.isEmpty()) {
      return;
    }
    try (DuckDBAppender items = duck.append("item")) {
      new ExportReader(parts.exported())
          .readAll(
              export.files(),
              LineVisitor.items(
                  item -> {
                    Integer n = wanted.get(keys.keyOf(item).json());
                    if (n != null) {
                      append(items, n, table.inLake(item).json());
                    }
                  }),
              progress.export());
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not take the items to repair", e);
    }
  }

  private static void append(DuckDBAppender items, int n, String image) {
    try {
      items.beginRow().append(n).append(image).endRow();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not take the items to repair", e);
    }
  }

  /** The keys that have their row. */
  private Set<String> done(Duck duck, CountedLog opened) {
    Set<String> done = new HashSet<>();
    String changes = "/" + LakeTable.CHANGES + "/";
    List<StoredObject> files =
        VisibleFiles.of(
            parts.store(),
            opened.files().stream().filter(file -> file.key().value().contains(changes)));
    if (!files.isEmpty()) {
      DuckLake lake = new DuckLake(duck, keys, parts.store(), folder.resolve("done"));
      duck.ask(lake.keys(files), row -> done.add(keys.keyOf(row).json()));
    }
    return done;
  }

  private StreamLabel newestStream() {
    String prefix = parts.lake().streams(table.table());
    try (Stream<StoredObject> notes = parts.store().list(prefix, "")) {
      return notes
          .map(note -> note.key().value().substring(prefix.length()))
          .filter(note -> note.endsWith(JSON))
          .map(note -> new StreamLabel(note.substring(0, note.length() - JSON.length())))
          .reduce((earlier, later) -> later)
          .orElse(StreamLabel.NONE);
    }
  }

  private void add(CountedWriter writer, RowMaker rows, Image key, Correction correction) {
    ChangeEvent event =
        new ChangeEvent(
            correction.operation(),
            correction.time(),
            correction.sequenceNumber(),
            name + "-" + correction.number(),
            false,
            key,
            correction.newImage(),
            correction.oldImage());
    StreamShard shard = new StreamShard(table.table(), correction.stream(), name);
    writer.add(
        correction.time(),
        key.json() + "|" + correction.operation(),
        () -> rows.rowsOf(shard, event, correction.time()));
  }

  /** What a row of repair says beside its key. */
  private record Correction(
      int number,
      Operation operation,
      StreamLabel stream,
      SequenceNumber sequenceNumber,
      Instant time,
      @Nullable Image newImage,
      @Nullable Image oldImage) {
    static Correction of(ResultSet row, StreamLabel newest, Instant at) throws SQLException {
      Verdict verdict = Verdict.of(row.getString("verdict"));
      String item = row.getString("image");
      String old = row.getString("old_image");
      if (verdict != Verdict.PHANTOM && item == null) {
        throw new LakeException(
            "The export of "
                + at
                + " does not have a key any more that the audit found in it; audit again without"
                + " --at");
      }
      String stream = row.getString("cdc_stream");
      Instant after =
          stream == null
              ? at
              : Instant.EPOCH.plus(row.getLong("micros"), ChronoUnit.MICROS).plus(JUST_AFTER);
      return new Correction(
          row.getInt("n"),
          switch (verdict) {
            case MISSING -> Operation.INSERT;
            case STALE -> Operation.MODIFY;
            case PHANTOM -> Operation.REMOVE;
          },
          stream == null ? newest : new StreamLabel(stream),
          stream == null ? BEFORE_ALL : new SequenceNumber(row.getString("cdc_seq")),
          after.isAfter(at) ? after : at,
          item == null ? null : Image.parse(item),
          old == null ? null : Image.parse(old));
    }
  }
}
