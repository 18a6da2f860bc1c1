package dev.afterbay.reconciliation.snapshot;

import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.LineVisitor;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.transforms.image.Item;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One data file of an export on its way into the lake, exactly once: the position of its log counts
 * its items, whose order never changes. Whoever opens the log passes over those that it has.
 */
final class FileIntoLake {
  private final ExportReader reader;
  private final DataFile file;
  private final ExportedItems items;
  private final SnapshotRoll roll;
  private final InstantSource clock;
  private final SnapshotProgress progress;

  /**
   * When a segment is cut.
   *
   * @param policy by what it holds
   * @param memory by how much of the heap it takes, in bytes
   */
  record SnapshotRoll(RollPolicy policy, long memory) {}

  /** Another process has committed what is held here, so that the file is read anew. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("another process committed first", null, false, false);
    }
  }

  FileIntoLake(
      ExportReader reader,
      DataFile file,
      ExportedItems items,
      SnapshotRoll roll,
      InstantSource clock,
      SnapshotProgress progress) {
    this.reader = reader;
    this.file = file;
    this.items = items;
    this.roll = roll;
    this.clock = clock;
    this.progress = progress;
  }

  /** Brings in what the log does not have yet, and ends the log. */
  void run(ShardLog log) {
    progress.brought(FileLogs.itemsOf(log));
    while (!log.ended()) {
      Pass pass = new Pass(log);
      try {
        reader.read(file, LineVisitor.items(pass::take));
        pass.end();
      } catch (Overtaken e) {
        continue;
      } finally {
        pass.close();
      }
    }
  }

  /** The file, read once from its beginning. */
  private final class Pass {
    private final ShardLog log;
    private long read;
    private long told;
    private @Nullable Segment segment;

    Pass(ShardLog log) {
      this.log = log;
      this.told = FileLogs.itemsOf(log);
    }

    void take(Item item) {
      read++;
      if (read <= FileLogs.itemsOf(log)) {
        return;
      }
      Segment open = open();
      items.append(open, item);
      if (roll.policy().isDue(open, clock.instant()) || open.memory() > roll.memory()) {
        settle(log.commit(open));
      }
    }

    void end() {
      settle(log.commitEnd(open()));
    }

    void close() {
      if (segment != null) {
        segment.discard();
      }
    }

    private Segment open() {
      if (segment == null) {
        items.segmentBegins();
        segment = log.begin();
      }
      return segment;
    }

    private void settle(Outcome outcome) {
      segment = null;
      tell();
      if (!CountedLog.isCommitted(log.shard(), outcome)
          && (log.ended() || FileLogs.itemsOf(log) < read)) {
        throw new Overtaken();
      }
    }

    private void tell() {
      long now = FileLogs.itemsOf(log);
      progress.brought(now - told);
      told = now;
    }
  }
}
