package dev.afterbay.consumer.quarantine;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.pipeline.RowMaker;
import dev.afterbay.consumer.pipeline.SecondLook;
import dev.afterbay.consumer.query.QuarantineQuery;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Digest;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One stream's way out of quarantine.
 *
 * <p>Exactly once, by the commit log alone: (1) Open the release log; it stands at P, and all that
 * it names is visible. (2) Read which records the entries up to P brought out. (3) Commit others
 * after P. A second process that does the same reads the same P, and the store lets one of the two
 * entries through; the other starts again at (1). Whoever dies leaves an entry or none, and (1)
 * publishes it.
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
  private final CommitLog logs;
  private final Map<String, Long> waiting = new TreeMap<>();
  private long records;

  Release(Quarantine quarantine, TableName table, StreamLabel stream, RowMaker rows) {
    this.quarantine = quarantine;
    this.table = table;
    this.stream = stream;
    this.rows = rows;
    this.name = ReleaseLog.nameOf(table, stream);
    this.logs =
        new CommitLog(
            quarantine.store(), quarantine.lake(), quarantine.scratch(), quarantine.clock());
  }

  Reprocessed run() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      ShardLog log = opened();
      ReleaseLog done =
          ReleaseLog.read(new LogEntries(quarantine.store(), quarantine.lake()), name);
      SequenceNumber position = log.cursor().position().orElse(Entry.START);
      if (position.isAfter(done.end())) {
        throw new Failure("The log of " + name + " has a hole after " + done.end() + "; run fsck");
      }
      // If it is longer by now, another process has committed since it was opened.
      if (position.equals(done.end()) && ranThrough(log, done)) {
        return new Reprocessed(records, waiting);
      }
    }
    throw new Failure(
        "Other processes reprocess the quarantine of "
            + table
            + " at the same time; let them finish, then repeat the command");
  }

  private ShardLog opened() {
    Opening opening = logs.open(name);
    if (opening instanceof Opening.Opened opened) {
      return opened.log();
    }
    Opening.Halted halted = (Opening.Halted) opening;
    throw new Failure(
        "The log of " + name + " cannot be opened (" + halted.halt() + "): " + halted.reason());
  }

  /** Whether all was looked at; if not, another process committed first. */
  private boolean ranThrough(ShardLog log, ReleaseLog done) {
    waiting.clear();
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

  /** The log counts; where a record came from stands in its row, and in the running digest. */
  private static ShardCursor after(ShardCursor cursor, QuarantineQuery.Waiting record) {
    BigInteger count =
        cursor.position().map(last -> new BigInteger(last.padded())).orElse(BigInteger.ZERO);
    String content =
        String.join(
            "|", record.shard().shard().value(), record.position().padded(), digest(record));
    return cursor
        .accept(
            SequenceNumber.parse(count.add(BigInteger.ONE).toString()),
            Optional.of(record.cdcTime()),
            content)
        .orElseThrow()
        .cursor();
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
