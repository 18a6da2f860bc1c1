package dev.afterbay.local.athena;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Writes the changes of one shard into a lake as the worker does, without a stream. */
record ShardWriter(StreamShard shard, ShardLog log, RowMaker rows) {
  /** Opens the log of the only shard of a table. */
  static ShardWriter open(
      ObjectStore store,
      Lake lake,
      TableName table,
      List<KeyAttribute> keys,
      List<Entity> entities,
      Path scratch,
      InstantSource clock) {
    StreamShard shard =
        new StreamShard(
            table,
            new StreamLabel("2026-01-01T00:00:00.000"),
            new ShardId("shardId-00000000000000000001-00000001"));
    Opening opening = new CommitLog(store, lake, scratch, clock).open(shard);
    if (!(opening instanceof Opening.Opened opened)) {
      throw new IllegalStateException("The log does not open: " + opening);
    }
    return new ShardWriter(
        shard,
        opened.log(),
        new TypedTables(
                table,
                new ChangesTable(keys),
                entities,
                Protection.NONE,
                new SchemaLog(store, lake))
            .rows());
  }

  /** One commit. */
  void commit(List<ChangeEvent> changes) {
    Segment segment = log.begin();
    rows.segmentBegins();
    for (ChangeEvent change : changes) {
      segment
          .cursor()
          .accept(change)
          .ifPresent(
              accepted ->
                  segment.append(
                      accepted.cursor(), rows.rowsOf(shard, change, accepted.cdcTime()).rows()));
    }
    Outcome outcome = log.commit(segment);
    if (!(outcome instanceof Outcome.Committed)) {
      throw new IllegalStateException("Not committed: " + outcome);
    }
  }
}
