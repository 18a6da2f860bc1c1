package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The pipelines of one table's stream; each shard is recovered from its log when it is opened. */
public final class TablePipelines {
  private static final Continuity VANISHED =
      new Continuity() {
        @Override
        public boolean brokenBefore(SequenceNumber record) {
          return false;
        }

        @Override
        public End end() {
          return End.VANISHED;
        }
      };

  private final TableName table;
  private final StreamLabel stream;
  private final Lineage lineage;
  private final StreamLedger ledger;
  private final CommitLog log;
  private final Supplier<RowMaker> rows;
  private final ReadingStart start;
  private final RollPolicy policy;
  private final MemoryBudget budget;
  private final InstantSource clock;
  private final PipelineObserver observer;

  /**
   * Pipelines into the tables of the lake that a source table has.
   *
   * @param lineage tells what a shard continues
   * @param ledger tells which shards the lake began with
   * @param rows makes rows for a shard
   */
  public TablePipelines(
      TableName table,
      StreamLabel stream,
      Lineage lineage,
      StreamLedger ledger,
      Supplier<RowMaker> rows,
      CommitLog log,
      ReadingStart start,
      RollPolicy policy,
      MemoryBudget budget,
      InstantSource clock,
      PipelineObserver observer) {
    this.table = table;
    this.stream = stream;
    this.lineage = lineage;
    this.ledger = ledger;
    this.log = log;
    this.start = start;
    this.policy = policy;
    this.budget = budget;
    this.clock = clock;
    this.observer = observer;
    this.rows = rows;
  }

  /** Brings the log of a shard to its end that the stream still has, but nobody reads any more. */
  @FunctionalInterface
  public interface Finisher {
    /**
     * Reads the shard to its end.
     *
     * @throws IllegalStateException if that is not possible now
     */
    void finish(ShardId shard);
  }

  /**
   * Where the reading of a shard is to start.
   *
   * @throws IllegalStateException if the log cannot be read now
   */
  public ReadingPoint point(ShardId shardId) {
    StreamShard shard = shard(shardId);
    Observed<Entry> last = log.last(shard);
    if (last instanceof Observed.Present<Entry> present) {
      Optional<SequenceNumber> position = present.value().cursor().position();
      if (position.isPresent()) {
        return new ReadingPoint.After(position.get());
      }
    } else if (!(last instanceof Observed.Absent<Entry>)) {
      throw new IllegalStateException("The log of " + shard + " cannot be read now: " + last);
    }
    return lineage.parentOf(shardId).isPresent() && !ledger.roots().contains(shardId)
        ? new ReadingPoint.Beginning()
        : new ReadingPoint.Horizon();
  }

  /** Whether the log of a shard has ended; false if that cannot be read now. */
  public boolean ended(ShardId shardId) {
    return log.last(shard(shardId)) instanceof Observed.Present<Entry> last && last.value().ends();
  }

  /**
   * Opens a shard: publishes what a predecessor left unpublished, and goes on after the log's last
   * record. Its parent's log is brought to its end first: by reading what is left of it, or by
   * recording that it is gone.
   *
   * @param continuity of the reader whose records the pipeline gets
   * @param finisher of parents that were left unfinished
   * @throws IllegalStateException if the log cannot be recovered now
   */
  public ShardPipeline open(ShardId shardId, Continuity continuity, Finisher finisher) {
    StreamShard shard = shard(shardId);
    ShardLog own = opened(shard, log.open(shard));
    Optional<Lineage.Parent> parent =
        own.totals().commits() > 0 ? Optional.empty() : lineage.parentOf(shardId);
    if (parent.isEmpty()) {
      return pipeline(own, continuity, Optional.empty());
    }
    ShardId before = parent.get().shard();
    Opening opening = log.openChild(shard, before);
    if (!(opening instanceof Opening.ParentUnfinished)) {
      return pipeline(opened(shard, opening), continuity, Optional.empty());
    }
    if (parent.get().standing() == Lineage.Standing.LISTED) {
      finisher.finish(before);
      return pipeline(opened(shard, log.openChild(shard, before)), continuity, Optional.empty());
    }
    return openOrphan(shard, shard(before), continuity);
  }

  /**
   * Opens a shard for a reader that misses nothing, whose parent's log must have ended.
   *
   * @throws IllegalStateException if it has not, or the log cannot be recovered now
   */
  public ShardPipeline open(ShardId shardId) {
    return open(
        shardId,
        Continuity.UNBROKEN,
        parent -> {
          throw new IllegalStateException(
              "Shard " + shardId + " must wait: its parent " + parent + " has not ended");
        });
  }

  /** The stream has forgotten the shard's parent, and the parent's log has not ended. */
  private ShardPipeline openOrphan(StreamShard shard, StreamShard parent, Continuity continuity) {
    ShardLog before = opened(parent, log.open(parent));
    if (before.totals().commits() > 0) {
      ShardPipeline rest = pipeline(before, VANISHED, Optional.empty());
      rest.end();
      return pipeline(
          opened(shard, log.openChild(shard, parent.shard())), continuity, Optional.empty());
    }
    Optional<Missing> missing =
        ledger.roots().contains(shard.shard())
            ? Optional.empty()
            : Optional.of(
                new Missing(
                    Gap.Reason.PARENT_NEVER_READ,
                    ledger.firstSeen(),
                    "its parent " + parent.shard() + " is gone, and nothing of it was ever read"));
    return pipeline(opened(shard, log.open(shard)), continuity, missing);
  }

  private StreamShard shard(ShardId shardId) {
    return new StreamShard(table, stream, shardId);
  }

  private ShardPipeline pipeline(
      ShardLog shardLog, Continuity continuity, Optional<Missing> missing) {
    RowMaker own = rows.get();
    return new ShardPipeline(
        shardLog,
        own,
        start,
        policy,
        budget.open(own.tables()),
        clock,
        observer,
        continuity,
        missing);
  }

  private static ShardLog opened(StreamShard shard, Opening opening) {
    if (opening instanceof Opening.Opened opened) {
      return opened.log();
    }
    if (opening instanceof Opening.ParentUnfinished unfinished) {
      throw new IllegalStateException(
          "Shard "
              + shard
              + " must wait: its parent "
              + unfinished.parent()
              + " has not ended in the commit log");
    }
    Opening.Halted halted = (Opening.Halted) opening;
    throw new IllegalStateException(
        "Shard " + shard + " cannot be recovered (" + halted.halt() + "): " + halted.reason());
  }
}
