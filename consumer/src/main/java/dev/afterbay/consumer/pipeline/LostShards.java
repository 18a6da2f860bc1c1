package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Gap.Reason;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the lake's logs with what the table's stream still has, before anything is read: a log
 * that has not ended, of a shard that nobody can read any more, ends with a gap. Several workers
 * may do so at once: the log takes each gap once.
 */
public final class LostShards {
  private static final Logger LOG = LoggerFactory.getLogger(LostShards.class);

  /** The log of a stream's own beginning, which no shard feeds. */
  private static final ShardId BEGINNING = new ShardId("stream");

  private final ObjectStore store;
  private final Lake lake;
  private final CommitLog log;
  private final TableName table;
  private final StreamLedger ledger;
  private final InstantSource clock;
  private final PipelineObserver observer;

  /**
   * The comparison for one table.
   *
   * @param ledger of the stream that is read now
   */
  public LostShards(
      ObjectStore store,
      Lake lake,
      CommitLog log,
      TableName table,
      StreamLedger ledger,
      InstantSource clock,
      PipelineObserver observer) {
    this.store = store;
    this.lake = lake;
    this.log = log;
    this.table = table;
    this.ledger = ledger;
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Records what is lost, and notes what is settled.
   *
   * @param listed the shards that the stream which is read now lists
   * @param unlisted whether it still has a shard that it does not list
   * @throws IllegalStateException if the log cannot be read or written now
   */
  public void record(Set<ShardId> listed, Predicate<ShardId> unlisted) {
    Predicate<ShardId> readable = shard -> listed.contains(shard) || unlisted.test(shard);
    List<StreamLedger> earlier = ledger.earlier(store, lake, table);
    if (!earlier.isEmpty()) {
      recordNewStream(earlier);
    }
    SettledShards settled = settled();
    Optional<ShardId> noted = settled.last();
    List<ShardStatus> logs = logsOf(ledger.stream(), noted);
    for (ShardStatus status : logs) {
      if (isOpen(status) && !readable.test(shard(status))) {
        end(status.shard(), Reason.SHARD_VANISHED, "the stream no longer lists the shard");
      }
    }
    settled.advance(
        noted, logs, listed, status -> !isOpen(status) || !readable.test(shard(status)));
  }

  /**
   * Notes what is settled while the stream is read, so that the next start does not have to look at
   * all that has ended until then.
   *
   * @param listed the shards that the stream lists
   * @throws IllegalStateException if the log cannot be read now
   */
  public void noteSettled(Set<ShardId> listed) {
    SettledShards settled = settled();
    Optional<ShardId> noted = settled.last();
    List<ShardStatus> logs = logsOf(ledger.stream(), noted);
    settled.advance(noted, logs, listed, status -> !isOpen(status));
  }

  private SettledShards settled() {
    return new SettledShards(store, lake, table, ledger.stream(), this::ended, clock);
  }

  /** Between two streams of a table, its changes go nowhere. */
  private void recordNewStream(List<StreamLedger> earlier) {
    ShardLog beginning = open(new StreamShard(table, ledger.stream(), BEGINNING));
    if (beginning.ended()) {
      return;
    }
    Instant from = Instant.EPOCH;
    for (StreamLedger before : earlier) {
      for (ShardStatus status : logsOf(before.stream(), Optional.empty())) {
        from = status.to().isAfter(from) ? status.to() : from;
        if (isOpen(status)) {
          end(
              status.shard(),
              Reason.STREAM_RECREATED,
              "the table has the new stream " + ledger.stream() + "; this shard had not ended");
        }
      }
    }
    StreamLedger before = earlier.get(earlier.size() - 1);
    commit(
        beginning,
        new Missing(
            Reason.STREAM_RECREATED,
            from.isAfter(Instant.EPOCH) ? from : before.firstSeen(),
            "the stream "
                + before.stream()
                + " was replaced by "
                + ledger.stream()
                + "; changes between them are in neither"));
  }

  private List<ShardStatus> logsOf(StreamLabel stream, Optional<ShardId> after) {
    LogStatus status = LogStatus.readStream(store, lake, table, stream, after);
    if (!status.problems().isEmpty()) {
      throw new IllegalStateException(String.join("; ", status.problems()));
    }
    return status.shards().stream().filter(log -> log.shard().shard().ofStream()).toList();
  }

  private boolean ended(ShardId shard) {
    return log.last(new StreamShard(table, ledger.stream(), shard))
            instanceof Observed.Present<Entry> last
        && last.value().ends();
  }

  private static ShardId shard(ShardStatus status) {
    return status.shard().shard();
  }

  private static boolean isOpen(ShardStatus status) {
    return status.state() == ShardStatus.State.OPEN;
  }

  private void end(StreamShard shard, Reason reason, String detail) {
    ShardLog open = open(shard);
    if (!open.ended()) {
      Instant latest = open.cursor().latest();
      commit(
          open,
          new Missing(reason, latest.isAfter(Instant.EPOCH) ? latest : ledger.firstSeen(), detail));
    }
  }

  private ShardLog open(StreamShard shard) {
    Opening opening = log.open(shard);
    if (opening instanceof Opening.Opened opened) {
      return opened.log();
    }
    throw new IllegalStateException("The log of " + shard + " cannot be opened: " + opening);
  }

  private void commit(ShardLog open, Missing missing) {
    Outcome outcome = open.commitGap(missing.untilEnd(clock.instant()));
    if (outcome instanceof Outcome.Halted halted) {
      throw new IllegalStateException(
          "A gap of "
              + open.shard()
              + " could not be recorded ("
              + halted.halt()
              + "): "
              + halted.reason());
    }
    if (outcome instanceof Outcome.Committed) {
      LOG.atWarn()
          .addKeyValue("event", "gap")
          .addKeyValue("table", open.shard().table())
          .addKeyValue("shardId", open.shard().shard())
          .log("Gap: {}", missing.detail());
      observer.gap(open.shard());
    }
  }
}
