package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.commit.protocol.PutEntry;
import dev.afterbay.sinks.commit.protocol.Totals;
import dev.afterbay.sinks.commit.protocol.Verdict;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log of one shard, opened for writing by one of perhaps several writers. It knows nothing of
 * leases: whoever commits first after a position wins. Not safe for use by several threads.
 */
public final class ShardLog {
  private static final Logger LOG = LoggerFactory.getLogger(ShardLog.class);

  private final StreamShard shard;
  private final Optional<ShardId> parent;
  private final Surroundings surroundings;
  private int epoch;
  private ShardCursor cursor;
  private Totals totals;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    ENDED,
    HALTED
  }

  /** What the logs of all shards share. */
  record Surroundings(
      ObjectStore store,
      Lake lake,
      Workspace workspace,
      InstantSource clock,
      Supplier<CommitId> commitIds,
      Driver driver,
      CommitObserver observer) {}

  ShardLog(
      StreamShard shard,
      Optional<ShardId> parent,
      int epoch,
      ShardCursor cursor,
      Totals totals,
      Surroundings surroundings) {
    this.shard = shard;
    this.parent = parent;
    this.epoch = epoch;
    this.cursor = cursor;
    this.totals = totals;
    this.surroundings = surroundings;
  }

  static ShardLog at(Entry last, Surroundings surroundings) {
    ShardLog log =
        new ShardLog(
            last.shard(),
            last.parent(),
            last.nextEpoch(),
            last.cursor(),
            last.totals(),
            surroundings);
    log.goOnAfter(last);
    return log;
  }

  /** The shard. */
  public StreamShard shard() {
    return shard;
  }

  /** How often the log was rewound before what is committed now. */
  public int epoch() {
    return epoch;
  }

  /** Where the log stands: after its last entry, or where the parent's left off. */
  public ShardCursor cursor() {
    return cursor;
  }

  /** What the log sums up to. */
  public Totals totals() {
    return totals;
  }

  /** Whether the shard has ended: nothing can be committed any more. */
  public boolean ended() {
    return state == State.ENDED;
  }

  /** An empty segment that starts where the log stands. */
  public Segment begin() {
    return new Segment(
        shard, cursor, surroundings.lake(), surroundings.workspace(), surroundings.clock());
  }

  /**
   * Commits a segment that has records, and publishes it. The segment is discarded, whatever comes
   * of it.
   */
  public Outcome commit(Segment segment) {
    if (segment.records() == 0) {
      throw new IllegalArgumentException("There is nothing to commit in the segment of " + shard);
    }
    return commit(segment, Optional.empty(), Ending.OPEN);
  }

  /**
   * Commits the last segment of the shard, which may be empty, and ends the log. The segment is
   * discarded, whatever comes of it.
   */
  public Outcome commitEnd(Segment segment) {
    return commit(segment, Optional.empty(), Ending.SHARD_END);
  }

  /**
   * Commits that records after the log's position are gone for good, and goes on right before the
   * first one that is left; if none is, the log ends. Nothing else may be held: it would be before
   * the gap and is to be committed first.
   */
  public Outcome commitGap(Gap gap) {
    Segment segment = begin();
    ShardCursor after = gap.before().map(before -> cursor.skipTo(before.previous())).orElse(cursor);
    segment.skip(
        after,
        List.of(
            GapsTable.row(
                shard,
                cursor.position().orElse(Entry.START),
                gap,
                surroundings.clock().instant())));
    return commit(
        segment, Optional.of(gap), gap.before().isPresent() ? Ending.OPEN : Ending.SHARD_END);
  }

  private Outcome commit(Segment segment, Optional<Gap> gap, Ending ending) {
    if (state != State.OPEN) {
      throw new IllegalStateException("The log of " + shard + " takes no commit: it is " + state);
    }
    if (!segment.shard().equals(shard) || !segment.start().equals(cursor)) {
      throw new IllegalArgumentException(
          "The segment of %s starts at %s, but the log of %s stands at %s"
              .formatted(segment.shard(), segment.start(), shard, cursor));
    }
    CommitId id = surroundings.commitIds().get();
    CommitWatch watch = surroundings.observer().begins(shard, id);
    try {
      Outcome outcome = perform(id, segment, gap, ending, watch);
      watch.ends(outcome);
      return outcome;
    } catch (RuntimeException e) {
      watch.fails(e);
      throw e;
    } finally {
      segment.discard();
    }
  }

  private Outcome perform(
      CommitId id, Segment segment, Optional<Gap> gap, Ending ending, CommitWatch watch) {
    try {
      watch.enters(CommitPhase.STAGE);
      List<StagedFile> files = segment.stage(surroundings.store(), id.tag());
      PutEntry put = new PutEntry(entry(id, segment, gap, ending, files));
      return settle(surroundings.driver().run(put, watch));
    } catch (ObjectStoreException | UncheckedIOException e) {
      return halted(Halt.NOT_STAGED, String.valueOf(e.getMessage()));
    }
  }

  private Entry entry(
      CommitId id, Segment segment, Optional<Gap> gap, Ending ending, List<StagedFile> files) {
    return new Entry(
        id,
        shard,
        parent,
        epoch,
        cursor.position().orElse(Entry.START),
        segment.span(),
        gap,
        Optional.empty(),
        ending,
        segment.cursor(),
        totals.plus(segment.span(), segment.tallies()),
        surroundings.clock().instant(),
        segment.schemas(),
        files);
  }

  private Outcome settle(Verdict verdict) {
    if (verdict instanceof Verdict.Committed committed) {
      goOnAfter(committed.entry());
      log(LOG.atInfo(), "committed", committed.entry()).log("Committed");
      return new Outcome.Committed(committed.entry());
    }
    if (verdict instanceof Verdict.Superseded superseded) {
      goOnAfter(superseded.last());
      log(LOG.atInfo(), "superseded", superseded.last()).log("Another writer committed first");
      return new Outcome.Superseded(superseded.last());
    }
    Verdict.Halted halted = (Verdict.Halted) verdict;
    return halted(halt(halted), halted.reason());
  }

  private Outcome halted(Halt halt, String reason) {
    state = State.HALTED;
    return new Outcome.Halted(halt, reason);
  }

  private void goOnAfter(Entry last) {
    epoch = last.nextEpoch();
    cursor = last.cursor();
    totals = last.totals();
    state = last.ends() ? State.ENDED : State.OPEN;
  }

  static Halt halt(Verdict.Halted halted) {
    return switch (halted.halt()) {
      case UNCERTAIN -> Halt.UNCERTAIN;
      case REWOUND -> Halt.REWOUND;
      case DAMAGED -> Halt.DAMAGED;
    };
  }

  private LoggingEventBuilder log(LoggingEventBuilder line, String event, Entry entry) {
    return line.addKeyValue("event", event)
        .addKeyValue("table", shard.table())
        .addKeyValue("shardId", shard.shard())
        .addKeyValue("commitId", entry.id())
        .addKeyValue("sequenceNumber", entry.last())
        .addKeyValue("records", entry.records());
  }
}
