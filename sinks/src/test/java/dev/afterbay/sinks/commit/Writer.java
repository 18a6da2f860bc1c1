package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.FaultyStore.Crash;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A worker process: it opens a shard's log, feeds it all records and ends it. */
final class Writer {
  private static final AtomicInteger COMMITS = new AtomicInteger();

  /** How a process ended. */
  enum End {
    /** The shard's log has ended, and the process saw it. */
    DONE,
    CRASHED,
    HALTED
  }

  private final FaultyStore store;
  private final StreamShard shard;
  private final List<ChangeEvent> records;
  private final int cut;
  private final CommitLog log;

  /**
   * A process.
   *
   * @param cut after so many records a segment is committed
   */
  Writer(
      FaultyStore store,
      Lake lake,
      Path scratch,
      StreamShard shard,
      List<ChangeEvent> records,
      int cut) {
    this.store = store;
    this.shard = shard;
    this.records = records;
    this.cut = cut;
    this.log =
        new CommitLog(
            store,
            lake,
            scratch,
            InstantSource.fixed(ShardFeed.TIME),
            () -> new CommitId("%08x-commit".formatted(COMMITS.incrementAndGet())));
  }

  FaultyStore store() {
    return store;
  }

  End run() {
    try {
      return log.open(shard) instanceof Opening.Opened opened ? write(opened.log()) : End.HALTED;
    } catch (Crash e) {
      return End.CRASHED;
    }
  }

  private End write(ShardLog shardLog) {
    while (!shardLog.ended()) {
      if (pass(shardLog) instanceof Outcome.Halted) {
        return End.HALTED;
      }
    }
    return End.DONE;
  }

  /** Feeds all records once more; those that are in the log are dropped. */
  private @Nullable Outcome pass(ShardLog shardLog) {
    Segment segment = shardLog.begin();
    for (ChangeEvent record : records) {
      if (ShardFeed.feed(segment, record).isPresent() && segment.records() == cut) {
        Optional<Outcome> end = stopped(shardLog.commit(segment));
        if (end.isPresent()) {
          return end.get();
        }
        segment = shardLog.begin();
      }
    }
    return shardLog.commitEnd(segment);
  }

  private static Optional<Outcome> stopped(Outcome outcome) {
    return outcome instanceof Outcome.Committed ? Optional.empty() : Optional.of(outcome);
  }
}
