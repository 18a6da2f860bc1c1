package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The pipelines of one table's stream; each shard is recovered from its log when it is opened. */
public final class TablePipelines {
  private final TableName table;
  private final StreamLabel stream;
  private final Parents parents;
  private final CommitLog log;
  private final ShardPipeline.RowMaker rows;
  private final ReadingStart start;
  private final RollPolicy policy;
  private final InstantSource clock;
  private final PipelineObserver observer;

  /**
   * Pipelines into the raw changes of a table.
   *
   * @param parents tells what a shard continues
   * @param keys of the table
   */
  public TablePipelines(
      TableName table,
      StreamLabel stream,
      Parents parents,
      ChangesTable keys,
      CommitLog log,
      ReadingStart start,
      RollPolicy policy,
      InstantSource clock,
      PipelineObserver observer) {
    this.table = table;
    this.stream = stream;
    this.parents = parents;
    this.log = log;
    this.start = start;
    this.policy = policy;
    this.clock = clock;
    this.observer = observer;
    LakeTable changes = LakeTable.changes(keys);
    this.rows =
        (shard, event, cdcTime) -> List.of(new LakeRow(changes, keys.row(shard, event, cdcTime)));
  }

  /** Tells which shard a shard continues. */
  @FunctionalInterface
  public interface Parents {
    /** The parent; empty if there is none, or the stream has forgotten it. */
    Optional<ShardId> of(StreamShard shard);
  }

  /**
   * Opens a shard: publishes what a predecessor left unpublished, and goes on after the log's last
   * record.
   *
   * @throws IllegalStateException if the log cannot be recovered now, or the parent has not ended
   */
  public ShardPipeline open(ShardId shardId) {
    StreamShard shard = new StreamShard(table, stream, shardId);
    Opening opening =
        parents
            .of(shard)
            .map(parent -> log.openChild(shard, parent))
            .orElseGet(() -> log.open(shard));
    return new ShardPipeline(opened(shard, opening), rows, start, policy, clock, observer);
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
