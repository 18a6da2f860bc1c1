package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.rows.GenerationRows;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Derives what one log has for a generation. */
final class LogDerivation {
  /** As many rows as tell what columns there are. */
  private static final int REHEARSED = 10_000;

  /** What the running digest covers of rows that are not there any more. */
  private static final String ERASED = "erased";

  private final SourceLogs sources;
  private final RawFiles files;
  private final GenerationRows rows;
  private final DeriveLimits limits;
  private final String folder;
  private final Consumer<StreamShard> publish;
  private boolean isRehearsed;

  LogDerivation(
      SourceLogs sources,
      RawFiles files,
      GenerationRows rows,
      DeriveLimits limits,
      String folder,
      Consumer<StreamShard> publish) {
    this.sources = sources;
    this.files = files;
    this.rows = rows;
    this.limits = limits;
    this.folder = folder;
    this.publish = publish;
  }

  /**
   * What came of a log.
   *
   * @param rows how many raw rows were committed as looked at
   * @param isThrough whether all places were; if not, another process committed first
   */
  record Result(long rows, boolean isThrough) {}

  /** Another process has committed what is held here. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("another process committed first", null, false, false);
    }
  }

  Result run(ShardLog log, List<CommitPlace> places) {
    Pass pass = new Pass(log);
    try {
      for (CommitPlace place : places) {
        RawPart part = sources.read(place);
        if (part.isMissing(folder, pass.position())) {
          takeAll(part, pass);
        }
      }
      pass.end();
      return new Result(pass.committed, true);
    } catch (Overtaken e) {
      return new Result(pass.committed, false);
    } finally {
      pass.close();
    }
  }

  private void takeAll(RawPart part, Pass pass) {
    rehearse(part);
    long[] number = {0};
    for (StagedFile file : visible(part)) {
      files.read(
          file,
          row -> {
            number[0]++;
            pass.take(part.position(number[0], sequenceNumber(row)), row);
          });
    }
    part.last().ifPresent(pass::reach);
  }

  /** What columns there are is better known before the first row than after the first segment. */
  private void rehearse(RawPart part) {
    if (isRehearsed) {
      return;
    }
    isRehearsed = true;
    long[] left = {REHEARSED};
    for (StagedFile file : visible(part)) {
      if (left[0] > 0) {
        files.read(
            file,
            row -> {
              if (left[0]-- > 0) {
                Optional<LakeRow> unused = rows.of(row);
              }
            });
      }
    }
    rows.segmentBegins();
  }

  /** The files of a log's last entry may wait for somebody to publish them. */
  private List<StagedFile> visible(RawPart part) {
    List<StagedFile> all = part.files();
    if (!all.stream().allMatch(files::isVisible)) {
      publish.accept(part.entry().shard());
      for (StagedFile file : all) {
        if (!files.isVisible(file)) {
          throw new LakeException(
              "The file '" + file.key() + "' is committed and not there; run fsck");
        }
      }
    }
    return all;
  }

  private static SequenceNumber sequenceNumber(GenericRecord row) {
    return new SequenceNumber(row.get(ChangeColumn.CDC_SEQ.columnName()).toString());
  }

  /** What is held for the derived log, from where it stood. */
  private final class Pass {
    private final ShardLog log;
    private @Nullable Segment segment;
    private long committed;

    Pass(ShardLog log) {
      this.log = log;
    }

    SequenceNumber position() {
      return cursor().position().orElse(Entry.START);
    }

    private ShardCursor cursor() {
      return segment == null ? log.cursor() : segment.cursor();
    }

    void take(SequenceNumber position, GenericRecord row) {
      Instant time =
          Instant.EPOCH.plus((long) row.get(ChangeColumn.CDC_TIME.columnName()), ChronoUnit.MICROS);
      String content = row.get(ChangeColumn.CDC_EVENT_ID.columnName()).toString();
      Optional<ShardCursor.Accepted> accepted =
          cursor().accept(position, Optional.of(time), content);
      if (accepted.isEmpty()) {
        return;
      }
      Segment open = open();
      open.append(accepted.get().cursor(), rows.of(row).map(List::of).orElse(List.of()));
      if (limits.isReached(open)) {
        settle(open);
      }
    }

    /** Looks past rows at the end of an entry that were erased. */
    void reach(SequenceNumber last) {
      cursor()
          .accept(last, Optional.empty(), ERASED)
          .ifPresent(accepted -> open().append(accepted.cursor(), List.of()));
    }

    void end() {
      if (segment != null) {
        settle(segment);
      }
    }

    void close() {
      if (segment != null) {
        segment.discard();
      }
    }

    private Segment open() {
      Segment open = segment;
      if (open == null) {
        rows.segmentBegins();
        open = log.begin();
        segment = open;
      }
      return open;
    }

    private void settle(Segment full) {
      long held = full.records();
      segment = null;
      if (!CountedLog.isCommitted(log.shard(), log.commit(full))) {
        throw new Overtaken();
      }
      committed += held;
    }
  }
}
