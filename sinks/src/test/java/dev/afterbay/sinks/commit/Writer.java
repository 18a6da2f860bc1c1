package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.faults.Crash;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.SlimFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker process: it opens the log of one shard after another, feeds it all records and ends it,
 * and is held to the protocol's rules.
 */
final class Writer {
  /** The lake of all writers. */
  static final Lake LAKE = new Lake("lake");

  private static final AtomicInteger COMMITS = new AtomicInteger();

  /** How a process ended. */
  enum End {
    /** The logs of all shards have ended, and the process saw it. */
    DONE,
    CRASHED,
    /** It did not get on; another process may. */
    HALTED,
    /** A person must look. */
    DAMAGED,
    /** The parent of its shard, which it does not read itself, has not ended. */
    TOO_EARLY
  }

  private final Umpire umpire;
  private final List<Reading> readings;
  private final int cut;
  private final CommitLog log;

  /**
   * A process.
   *
   * @param store the store in truth
   * @param disturbance of the way to it
   * @param readings what it reads, one after the other
   * @param cut after so many records a segment is committed
   */
  Writer(
      MemoryObjectStore store,
      Disturbance disturbance,
      Path scratch,
      List<Reading> readings,
      int cut) {
    this.umpire = new Umpire(new FaultyStore(store, disturbance), store, LAKE);
    this.readings = readings;
    this.cut = cut;
    this.log =
        new CommitLog(
            umpire,
            LAKE,
            scratch,
            InstantSource.fixed(ShardFeed.TIME),
            () -> new CommitId("%08x-commit".formatted(COMMITS.incrementAndGet())));
  }

  End run() {
    try {
      for (Reading reading : readings) {
        End end = read(reading);
        if (end != End.DONE) {
          return end;
        }
      }
      return End.DONE;
    } catch (Crash e) {
      return End.CRASHED;
    }
  }

  private End read(Reading reading) {
    Opening opening =
        reading
            .parent()
            .map(parent -> log.openChild(reading.shard(), parent))
            .orElseGet(() -> log.open(reading.shard()));
    if (opening instanceof Opening.Opened opened) {
      umpire.mustStand(opened.log(), reading.parent());
      return write(opened.log(), reading);
    }
    if (opening instanceof Opening.Halted halted) {
      return end(halted.halt());
    }
    if (!reading.equals(readings.get(0)) && !umpire.isRewound(parentOf(reading))) {
      throw new AssertionError("The parent of " + reading.shard() + " has ended, but: " + opening);
    }
    return End.TOO_EARLY;
  }

  private static StreamShard parentOf(Reading reading) {
    StreamShard shard = reading.shard();
    return new StreamShard(shard.table(), shard.stream(), reading.parent().orElseThrow());
  }

  private End write(ShardLog shardLog, Reading reading) {
    while (!shardLog.ended()) {
      if (pass(shardLog, reading) instanceof Outcome.Halted halted) {
        return end(halted.halt());
      }
    }
    return End.DONE;
  }

  /** Feeds all records once more; those that are in the log are dropped. */
  private Outcome pass(ShardLog shardLog, Reading reading) {
    Segment segment = shardLog.begin();
    for (ChangeEvent record : reading.records()) {
      if (reading.gapBefore().filter(record.sequenceNumber()::equals).isPresent()
          && !segment.cursor().covers(record.sequenceNumber().previous())) {
        Outcome outcome = gap(shardLog, segment, record);
        if (!(outcome instanceof Outcome.Committed)) {
          return outcome;
        }
        segment = shardLog.begin();
      }
      if (SlimFeed.feed(segment, record).isPresent() && segment.records() == cut) {
        Outcome outcome = believed(shardLog.commit(segment));
        if (!(outcome instanceof Outcome.Committed)) {
          return outcome;
        }
        segment = shardLog.begin();
      }
    }
    return believed(shardLog.commitEnd(segment));
  }

  /** What is held comes before the gap. */
  private Outcome gap(ShardLog shardLog, Segment held, ChangeEvent record) {
    if (held.records() > 0) {
      Outcome before = believed(shardLog.commit(held));
      if (!(before instanceof Outcome.Committed)) {
        return before;
      }
    }
    return believed(
        shardLog.commitGap(
            new Gap(
                Gap.Reason.TRIMMED,
                Optional.of(record.sequenceNumber()),
                ShardFeed.TIME,
                ShardFeed.TIME,
                "trimmed")));
  }

  private Outcome believed(Outcome outcome) {
    if (outcome instanceof Outcome.Committed committed) {
      umpire.mustStand(committed.entry());
    } else if (outcome instanceof Outcome.Superseded superseded) {
      umpire.mustStand(superseded.last());
    }
    return outcome;
  }

  private static End end(Halt halt) {
    return halt == Halt.DAMAGED ? End.DAMAGED : End.HALTED;
  }
}
