package dev.afterbay.reconciliation.audit;

import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Adds rows to a counted log, segment by segment, and ends it. */
final class CountedWriter implements AutoCloseable {
  private static final RollPolicy BATCH = new RollPolicy(Duration.ofDays(1), 64L << 20, 5_000);

  private final ShardLog log;
  private final InstantSource clock;
  private final Runnable segmentBegins;
  private Segment segment;

  /**
   * A writer to an open log that has not ended.
   *
   * @param segmentBegins is told when another segment begins
   */
  CountedWriter(CountedLog opened, InstantSource clock, Runnable segmentBegins) {
    this.log = opened.log();
    this.clock = clock;
    this.segmentBegins = segmentBegins;
    this.segment = log.begin();
    segmentBegins.run();
  }

  /**
   * Adds a record.
   *
   * @param content what the log's digest covers of it
   */
  void add(Instant time, String content, Supplier<RowMaker.Made> rows) {
    if (BATCH.isDue(segment, clock.instant())) {
      settle(log.commit(segment));
      segment = log.begin();
      segmentBegins.run();
    }
    RowMaker.Made made = rows.get();
    segment.append(CountedLog.next(segment.cursor(), time, content), made.rows());
    segment.count(made.tallies());
  }

  /** Commits what is left, and ends the log. */
  void end() {
    settle(log.commitEnd(segment));
  }

  private void settle(Outcome outcome) {
    if (!CountedLog.isCommitted(log.shard(), outcome)) {
      throw new LakeException(
          "Another process writes to "
              + log.shard()
              + " at the same time; let it finish, then repeat the command");
    }
  }

  @Override
  public void close() {
    segment.discard();
  }
}
