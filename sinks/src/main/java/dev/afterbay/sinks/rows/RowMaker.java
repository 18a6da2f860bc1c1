package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Makes the rows, of any tables of the lake, that the changes of one shard become. Not safe for use
 * by several threads.
 */
public interface RowMaker {
  /**
   * What a change becomes.
   *
   * @param rows of any tables
   * @param tallies what is to be counted of it
   */
  record Made(List<LakeRow> rows, List<Tally> tallies) {
    /** Copies the lists. */
    public Made {
      rows = List.copyOf(rows);
      tallies = List.copyOf(tallies);
    }
  }

  /**
   * The rows of a change. Whatever is thrown means that it cannot have any: nothing else happens
   * here.
   *
   * @param cdcTime the time that the shard's cursor gave to the change
   */
  Made rowsOf(StreamShard shard, ChangeEvent event, Instant cdcTime);

  /**
   * A segment begins. The tables' schemas may change now, and only now, so that no file is cut
   * because of them.
   */
  void segmentBegins();

  /** How many tables a change may have rows of: so many files are open at once. */
  int tables();

  /**
   * The attributes of which nothing may be seen in a record that is set aside raw.
   *
   * @return names of top-level attributes
   */
  Set<String> sensitive();

  /** One row in the raw changes of a table with these keys. */
  static RowMaker changes(ChangesTable keys) {
    LakeTable changes = LakeTable.changes(keys);
    return new RowMaker() {
      @Override
      public Made rowsOf(StreamShard shard, ChangeEvent event, Instant cdcTime) {
        return new Made(
            List.of(new LakeRow(changes, keys.row(shard, event, cdcTime), cdcTime)), List.of());
      }

      @Override
      public void segmentBegins() {}

      @Override
      public int tables() {
        return 1;
      }

      @Override
      public Set<String> sensitive() {
        return Set.of();
      }
    };
  }
}
