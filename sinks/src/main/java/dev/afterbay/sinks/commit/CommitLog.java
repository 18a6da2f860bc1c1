package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.FindLast;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.commit.protocol.Totals;
import dev.afterbay.sinks.commit.protocol.Verdict;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The commit log of a lake, of which each shard's part is opened on its own. */
public final class CommitLog {
  private final Driver driver;
  private final ShardLog.Surroundings surroundings;

  /**
   * The log of a lake, for few shards.
   *
   * @param scratch the folder for segments that do not stay in memory
   */
  public CommitLog(ObjectStore store, Lake lake, Path scratch, InstantSource clock) {
    this(store, lake, Workspace.in(scratch), clock);
  }

  /**
   * The log of a lake.
   *
   * @param workspace that segments are made in
   */
  public CommitLog(ObjectStore store, Lake lake, Workspace workspace, InstantSource clock) {
    this(store, lake, workspace, clock, CommitObserver.NONE);
  }

  /**
   * The same.
   *
   * @param observer is told of the commits
   */
  public CommitLog(
      ObjectStore store,
      Lake lake,
      Workspace workspace,
      InstantSource clock,
      CommitObserver observer) {
    this(store, lake, workspace, clock, () -> new CommitId(UUID.randomUUID().toString()), observer);
  }

  CommitLog(
      ObjectStore store,
      Lake lake,
      Path scratch,
      InstantSource clock,
      Supplier<CommitId> commitIds) {
    this(store, lake, Workspace.in(scratch), clock, commitIds, CommitObserver.NONE);
  }

  private CommitLog(
      ObjectStore store,
      Lake lake,
      Workspace workspace,
      InstantSource clock,
      Supplier<CommitId> commitIds,
      CommitObserver observer) {
    this.driver = new Driver(store, new LogEntries(store, lake));
    this.surroundings =
        new ShardLog.Surroundings(store, lake, workspace, clock, commitIds, driver, observer);
  }

  /** Recovers and opens the log of a shard that continues no other that we read. */
  public Opening open(StreamShard shard) {
    return opening(shard, Optional.empty(), 0, driver.run(FindLast.toRecover(shard)));
  }

  /** Recovers and opens the log of a shard that continues another of the same stream. */
  public Opening openChild(StreamShard shard, ShardId parent) {
    return opening(shard, Optional.of(parent), 0, driver.run(FindLast.toRecover(shard, parent)));
  }

  /**
   * The last entry of a shard's log as it stands now, without recovering it: whoever opens the log
   * later finds it there or further on.
   */
  public Observed<Entry> last(StreamShard shard) {
    return driver.last(shard);
  }

  private Opening opening(StreamShard shard, Optional<ShardId> parent, int epoch, Verdict verdict) {
    if (verdict instanceof Verdict.Recovered recovered) {
      if (recovered.last().rewind().isPresent() && recovered.last().cursor().position().isEmpty()) {
        return startOver(shard, parent, recovered.last().nextEpoch());
      }
      return new Opening.Opened(ShardLog.at(recovered.last(), surroundings));
    }
    if (verdict instanceof Verdict.Inherited inherited) {
      ShardCursor cursor = inherited.parentEnd().cursor().child();
      return new Opening.Opened(
          new ShardLog(shard, parent, epoch, cursor, Totals.NONE, surroundings));
    }
    if (verdict instanceof Verdict.Fresh) {
      return new Opening.Opened(
          new ShardLog(shard, parent, epoch, ShardCursor.start(), Totals.NONE, surroundings));
    }
    if (verdict instanceof Verdict.ParentUnfinished unfinished) {
      return new Opening.ParentUnfinished(unfinished.parent());
    }
    Verdict.Halted halted = (Verdict.Halted) verdict;
    return new Opening.Halted(ShardLog.halt(halted), halted.reason());
  }

  /** Nothing of the log counts any more: it begins again, in a new epoch. */
  private Opening startOver(StreamShard shard, Optional<ShardId> parent, int epoch) {
    Verdict beginning =
        parent
            .map(id -> driver.run(FindLast.toInherit(sibling(shard, id))))
            .orElseGet(Verdict.Fresh::new);
    return opening(shard, parent, epoch, beginning);
  }

  private static StreamShard sibling(StreamShard shard, ShardId id) {
    return new StreamShard(shard.table(), shard.stream(), id);
  }
}
