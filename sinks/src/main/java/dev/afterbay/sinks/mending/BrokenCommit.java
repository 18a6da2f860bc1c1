package dev.afterbay.sinks.mending;

import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A commit of which files are missing or damaged.
 *
 * @param entry of the log
 * @param before the cursor that it started at; empty if its parent's log is gone
 * @param files that are to be made once more
 */
public record BrokenCommit(Entry entry, Optional<ShardCursor> before, List<StagedFile> files) {
  /** Copies the list. */
  public BrokenCommit {
    files = List.copyOf(files);
  }

  /**
   * The commits that findings of a check are about.
   *
   * @param findings of one table
   */
  public static List<BrokenCommit> of(
      ObjectStore store, Lake lake, TableName table, List<Finding> findings) {
    Set<ObjectKey> keys =
        findings.stream()
            .filter(finding -> finding.damage().ofContent())
            .map(Finding::key)
            .collect(Collectors.toSet());
    List<BrokenCommit> broken = new ArrayList<>();
    if (keys.isEmpty()) {
      return broken;
    }
    LogEntries log = new LogEntries(store, lake);
    Map<StreamShard, ShardHistory> histories = new HashMap<>();
    for (ShardStatus status : LogStatus.read(store, lake, table).shards()) {
      histories.put(status.shard(), ShardHistory.read(log, status.shard()));
    }
    for (ShardHistory history : histories.values()) {
      for (int i = 0; i < history.live().size(); i++) {
        Entry entry = history.live().get(i);
        boolean all = keys.contains(lake.commit(entry.place()));
        List<StagedFile> files =
            entry.files().stream().filter(file -> all || keys.contains(file.key())).toList();
        if (!files.isEmpty()) {
          broken.add(
              new BrokenCommit(
                  entry,
                  i > 0
                      ? Optional.of(history.live().get(i - 1).cursor())
                      : beginning(entry, histories),
                  files));
        }
      }
    }
    return broken;
  }

  private static Optional<ShardCursor> beginning(
      Entry first, Map<StreamShard, ShardHistory> histories) {
    if (first.parent().isEmpty()) {
      return Optional.of(ShardCursor.start());
    }
    StreamShard parent =
        new StreamShard(first.shard().table(), first.shard().stream(), first.parent().get());
    return Optional.ofNullable(histories.get(parent))
        .filter(ShardHistory::ended)
        .map(history -> history.live().get(history.live().size() - 1).cursor().child());
  }
}
