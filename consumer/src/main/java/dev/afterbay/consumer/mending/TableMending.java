package dev.afterbay.consumer.mending;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.mending.Mended.Source;
import dev.afterbay.consumer.pipeline.Refill;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.worker.StreamRecords;
import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.check.RowReader;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.erasures.ErasedFiles;
import dev.afterbay.sinks.mending.BrokenCommit;
import dev.afterbay.sinks.mending.Remake;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.Span;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Brings files of a table back that a check found missing or damaged: from the stream, if it still
 * has the records of their commits; else typed tables from the raw changes of the same commit.
 */
public final class TableMending {
  private static final String WAY_OUT =
      "; 'afterbay audit --repair' brings the present state of its items back from an export";

  private final TableFacts facts;
  private final S3ObjectStore store;
  private final Lake lake;
  private final StreamRecords stream;
  private final TypedTables tables;
  private final Remake remake;
  private final RowReader reader;
  private final InstantSource clock;

  /**
   * The mending of one table.
   *
   * @param reader of files
   * @param scratch a folder for what does not stay in memory
   */
  public TableMending(
      AfterbayConfig config,
      TableFacts facts,
      AwsClients aws,
      RowReader reader,
      Path scratch,
      InstantSource clock) {
    this.reader = reader;
    this.facts = facts;
    this.store = new S3ObjectStore(aws.s3(), config.lake().bucket());
    this.lake = new Lake(config.lake().prefix());
    this.stream = new StreamRecords(aws, facts.streamArn(), clock);
    this.tables =
        facts.typedTables(config.table(facts.table()).entities(), new SchemaLog(store, lake));
    this.remake = new Remake(store, store, lake, Workspace.in(scratch), clock);
    this.clock = clock;
  }

  /**
   * Brings back what can be.
   *
   * @param findings of a check of this table
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer; to be
   *     repeated then
   */
  public List<Mended> mend(List<Finding> findings) {
    List<Mended> mended = new ArrayList<>();
    for (BrokenCommit broken : BrokenCommit.of(store, lake, facts.table(), findings)) {
      mended.addAll(mend(broken));
    }
    return mended;
  }

  private List<Mended> mend(BrokenCommit broken) {
    Entry entry = broken.entry();
    if (!entry.shard().shard().ofStream() || entry.span().isEmpty()) {
      return lost(broken, "it is not made of records of a stream");
    }
    if (broken.files().stream().anyMatch(this::isErased)) {
      return lost(
          broken, "rows of it were erased ('afterbay erase'), and would come back with the others");
    }
    Optional<String> notFromStream = fromStream(broken);
    if (notFromStream.isEmpty()) {
      return restored(broken, Source.STREAM);
    }
    Optional<String> notFromChanges = fromChanges(broken);
    return notFromChanges.isEmpty()
        ? restored(broken, Source.CHANGES)
        : lost(broken, notFromStream.get() + "; " + notFromChanges.get() + WAY_OUT);
  }

  private boolean isErased(StagedFile file) {
    return !new ErasedFiles(store, lake).of(file.key()).isEmpty();
  }

  private Optional<String> fromStream(BrokenCommit broken) {
    Entry entry = broken.entry();
    ShardId shard = entry.shard().shard();
    Span span = entry.span().orElseThrow();
    if (!entry.shard().stream().equals(facts.stream())
        || stream.holds(shard, span.first()) != StreamRecords.Holding.HELD) {
      return Optional.of("the stream has forgotten its records");
    }
    return remake
        .of(
            broken,
            segment -> {
              Refill refill = new Refill(segment, begun(tables.rows()), clock);
              stream.read(shard, span.first(), span.last(), refill::accept);
            })
        .map(why -> "it cannot be made from the stream: " + why);
  }

  /** The raw changes have every value, as long as all of them are there. */
  private Optional<String> fromChanges(BrokenCommit broken) {
    String changes = lake.data(facts.table()) + LakeTable.CHANGES + "/";
    if (broken.files().stream().anyMatch(file -> file.key().value().startsWith(changes))) {
      return Optional.of("raw changes cannot be made from typed rows, which lack the old images");
    }
    List<StagedFile> raw =
        broken.entry().files().stream()
            .filter(file -> file.key().value().startsWith(changes))
            .toList();
    try {
      return remake
          .of(broken, segment -> refill(segment, raw))
          .map(why -> "it cannot be made from the raw changes: " + why);
    } catch (UncheckedIOException | IllegalArgumentException | NoSuchElementException e) {
      return Optional.of("the raw changes of its commit cannot be read: " + e.getMessage());
    }
  }

  private void refill(Segment segment, List<StagedFile> raw) {
    RowMaker rows = begun(tables.rowsOfProtected(Origin.STREAM));
    ChangesTable changes = new ChangesTable(facts.keys());
    for (StagedFile file : raw) {
      byte[] content = store.get(file.key()).orElse(new byte[0]);
      try {
        long unused =
            reader.read(
                content, changes.schema(), row -> append(segment, rows, changes.event(row)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void append(Segment segment, RowMaker rows, ChangeEvent event) {
    ShardCursor.Accepted accepted = segment.cursor().accept(event).orElseThrow();
    segment.append(
        accepted.cursor(), rows.rowsOf(segment.shard(), event, accepted.cdcTime()).rows());
  }

  private static RowMaker begun(RowMaker rows) {
    rows.segmentBegins();
    return rows;
  }

  private static List<Mended> restored(BrokenCommit broken, Source source) {
    return broken.files().stream()
        .<Mended>map(file -> new Mended.Restored(file.key(), source))
        .toList();
  }

  private static List<Mended> lost(BrokenCommit broken, String why) {
    return broken.files().stream().<Mended>map(file -> new Mended.Lost(file.key(), why)).toList();
  }
}
