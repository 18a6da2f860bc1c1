package dev.afterbay.consumer.quarantine;

import dev.afterbay.consumer.query.Progress;
import dev.afterbay.consumer.query.QuarantineQuery;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The quarantine of a lake. */
public final class Quarantine {
  private final ObjectStore store;
  private final Lake lake;
  private final Path cache;
  private final Path scratch;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * The quarantine of a lake; nothing is read yet.
   *
   * @param cache the local directory of this lake
   * @param scratch a local directory of this process
   */
  public Quarantine(
      ObjectStore store,
      Lake lake,
      Path cache,
      Path scratch,
      InstantSource clock,
      Progress progress) {
    this.store = store;
    this.lake = lake;
    this.cache = cache;
    this.scratch = scratch;
    this.clock = clock;
    this.progress = progress;
  }

  /** What is or was in the quarantine of a table, by reason. */
  public List<QuarantineQuery.Group> groups(TableName table) {
    LogEntries log = new LogEntries(store, lake);
    try (QuarantineQuery query =
        open(table, stream -> filesOf(log, ReleaseLog.nameOf(table, stream)))) {
      return query.groups();
    }
  }

  /**
   * Puts what can be decoded now where it belongs. May run beside workers and beside itself, and
   * may be repeated after it was interrupted: each record goes there once.
   *
   * @param rows makes the rows of a change; asked for only if anything is in quarantine
   * @throws dev.afterbay.consumer.aws.Failure if it cannot go on; what was done stays done
   */
  public Reprocessed reprocess(TableName table, Supplier<RowMaker> rows) {
    List<StreamLabel> streams;
    try (QuarantineQuery query = open(table, stream -> List.of())) {
      streams = query.streams();
    }
    long records = 0;
    Map<String, Long> waiting = new TreeMap<>();
    if (!streams.isEmpty()) {
      RowMaker maker = rows.get();
      for (StreamLabel stream : streams) {
        Reprocessed done = new Release(this, table, stream, maker).run();
        records += done.records();
        done.waiting().forEach((reason, count) -> waiting.merge(reason, count, Long::sum));
      }
    }
    return new Reprocessed(records, waiting);
  }

  private static List<StagedFile> filesOf(LogEntries log, StreamShard name) {
    return CountedLog.read(log, name).stream().flatMap(entry -> entry.files().stream()).toList();
  }

  QuarantineQuery open(TableName table, Function<StreamLabel, List<StagedFile>> reprocessed) {
    try {
      Path own = Files.createTempDirectory(scratch, "reprocessed-");
      return QuarantineQuery.open(store, lake, table, reprocessed, cache, own, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectStore store() {
    return store;
  }

  Lake lake() {
    return lake;
  }

  Path scratch() {
    return scratch;
  }

  InstantSource clock() {
    return clock;
  }
}
