package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.time.Instant;
import java.util.List;

/** The rows, of any tables of the lake, that one change becomes. */
@FunctionalInterface
public interface RowMaker {
  /**
   * The rows of a change. Whatever is thrown means that it cannot have any: nothing else happens
   * here.
   *
   * @param cdcTime the time that the shard's cursor gave to the change
   */
  List<LakeRow> rowsOf(StreamShard shard, ChangeEvent event, Instant cdcTime);

  /** One row in the raw changes of a table with these keys. */
  static RowMaker changes(ChangesTable keys) {
    LakeTable changes = LakeTable.changes(keys);
    return (shard, event, cdcTime) ->
        List.of(new LakeRow(changes, keys.row(shard, event, cdcTime), cdcTime));
  }
}
