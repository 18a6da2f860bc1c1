package dev.afterbay.consumer.quarantine;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.pipeline.SecondLook;
import dev.afterbay.consumer.query.QuarantineQuery;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Digest;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One stream's way out of quarantine, exactly once: through a log of what is out, of which a {@link
 * CountedLog} lets one of several processes write.
 */
final class Release {
  /** A record with both images of 400 KB is about a megabyte. */
  private static final int PAGE = 500;

  private static final RollPolicy BATCH = new RollPolicy(Duration.ofDays(1), 64L << 20, 5_000);

  /** Each loss is another's progress; so many in a row are no accident. */
  private static final int MOST_ATTEMPTS = 20;

  private final Quarantine quarantine;
  private final TableName table;
  private final StreamLabel stream;
  private final RowMaker rows;
  private final StreamShard name;
  private final Map<String, Long> waiting = new TreeMap<>();
  private long records;

  Release(Quarantine quarantine, TableName table, StreamLabel stream, RowMaker rows) {
    this.quarantine = quarantine;
    this.table = table;
    this.stream = stream;
    this.rows = rows;
    this.name = ReleaseLog.nameOf(table, stream);
  }

  Reprocessed run() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (ranThrough(
          CountedLog.open(
              quarantine.store(),
              quarantine.lake(),
              Workspace.in(quarantine.scratch()),
              quarantine.clock(),
              name))) {
        return new Reprocessed(records, waiting);
      }
    }
    throw new Failure(
        "Other processes reprocess the quarantine of "
            + table
            + " at the same time; let them finish, then repeat the command");
  }

  /** Whether all was looked at; if not, another process committed first. */
  private boolean ranThrough(CountedLog done) {
    waiting.clear();
    ShardLog log = done.log();
    try (QuarantineQuery query =
        quarantine.open(table, other -> other.equals(stream) ? done.files() : List.of())) {
      if (query.reprocessed() != done.records()) {
        throw new Failure(
            "The log of %s has %d records and its files have %d; run fsck"
                .formatted(name, done.records(), query.reprocessed()));
      }
      Segment segment = log.begin();
      try {
        Optional<Long> start = query.before(stream);
        List<QuarantineQuery.Waiting> page = start.map(at -> page(query, at)).orElse(List.of());
        for (long at = start.orElse(0L); !page.isEmpty(); page = page(query, at)) {
          for (QuarantineQuery.Waiting record : page) {
            add(segment, record);
            if (BATCH.isDue(segment, quarantine.clock().instant())) {
              if (!committed(log, segment)) {
                return false;
              }
              segment = log.begin();
            }
          }
          at += page.size();
        }
        return segment.records() == 0 || committed(log, segment);
      } finally {
        segment.discard();
      }
    }
  }

  private List<QuarantineQuery.Waiting> page(QuarantineQuery query, long place) {
    return query.after(stream, place, PAGE);
  }

  private void add(Segment segment, QuarantineQuery.Waiting record) {
    SecondLook look =
        SecondLook.at(record.shard(), record.position(), record.cdcTime(), record.record(), rows);
    if (look instanceof SecondLook.Fit fit) {
      segment.append(after(segment.cursor(), record), fit.made().rows());
      segment.count(fit.made().tallies());
    } else {
      waiting.merge(((SecondLook.Unfit) look).reason(), 1L, Long::sum);
    }
  }

  private static ShardCursor after(ShardCursor cursor, QuarantineQuery.Waiting record) {
    return CountedLog.next(
        cursor,
        record.cdcTime(),
        String.join(
            "|", record.shard().shard().value(), record.position().padded(), digest(record)));
  }

  private static String digest(QuarantineQuery.Waiting record) {
    return Digest.of(record.record());
  }

  private boolean committed(ShardLog log, Segment segment) {
    Outcome outcome = log.commit(segment);
    if (outcome instanceof Outcome.Committed committed) {
      records += committed.entry().records();
      return true;
    }
    if (outcome instanceof Outcome.Halted halted) {
      throw new Failure(
          "The commit to "
              + name
              + " was halted ("
              + halted.halt()
              + "): "
              + halted.reason()
              + "; repeat the command, which goes on from what is committed");
    }
    return false;
  }
}
