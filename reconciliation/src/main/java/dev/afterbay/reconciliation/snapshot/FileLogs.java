package dev.afterbay.reconciliation.snapshot;

import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/** The commit logs of a snapshot, one for each data file of its export. */
final class FileLogs {
  private final CommitLog logs;
  private final TableName table;
  private final String snapshot;

  FileLogs(CommitLog logs, TableName table, Instant at) {
    this.logs = logs;
    this.table = table;
    this.snapshot = nameOf(at);
  }

  private static String nameOf(Instant at) {
    return "snapshot-" + Lake.moment(at) + "-";
  }

  /** How many logs a snapshot has. */
  static int count(ObjectStore store, Lake lake, TableName table, Instant at) {
    String prefix = lake.commits(table) + StreamLabel.NONE + "/" + nameOf(at);
    try (Stream<StoredObject> entries = store.list(prefix, "")) {
      return Math.toIntExact(
          entries
              .flatMap(entry -> lake.commitPlace(table, entry.key()).stream())
              .map(place -> place.shard().shard())
              .distinct()
              .count());
    }
  }

  /** How many items a log has. */
  static long itemsOf(ShardLog log) {
    return log.cursor()
        .position()
        .map(last -> new BigInteger(last.padded()).longValueExact())
        .orElse(0L);
  }

  /**
   * Opens the log of a file: what it names is visible from then on.
   *
   * @param number of the file, from 1
   * @throws LakeException if it cannot be recovered, or ended with another number of items
   */
  ShardLog open(int number, DataFile file) {
    StreamShard name = nameOf(number);
    ShardLog log =
        logs.open(name).orRefuse(name, "; repeat the command, and if that does not help, run fsck");
    if (log.ended() && itemsOf(log) != file.items()) {
      throw new LakeException(
          "The log of "
              + name
              + " ended with "
              + itemsOf(log)
              + " items, and '"
              + file.key()
              + "' has "
              + file.items()
              + "; take a snapshot of another moment");
    }
    return log;
  }

  StreamShard nameOf(int number) {
    return new StreamShard(
        table,
        StreamLabel.NONE,
        new ShardId(String.format(Locale.ROOT, "%s%05d", snapshot, number)));
  }
}
