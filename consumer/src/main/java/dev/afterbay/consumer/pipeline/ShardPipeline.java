package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.fromstream.StreamRecordDecoder;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * The way of one shard's records into the lake: decode, drop what is already there, collect into
 * the segment, commit when the segment is due. Not safe for use by several threads.
 */
public final class ShardPipeline {
  /**
   * How long records may still arrive after another writer won. A worker that lost its lease hears
   * of it within that time; one that still reads is the rightful owner and must start anew.
   */
  private static final Duration SUPERSEDED_PATIENCE = Duration.ofSeconds(20);

  private final ShardLog log;
  private final RowMaker rows;
  private final ReadingStart start;
  private final RollPolicy policy;
  private final InstantSource clock;
  private final PipelineObserver observer;

  private Segment segment;
  private @Nullable String lastSequenceNumber;
  private @Nullable Instant supersededAt;
  private int accepted;
  private int duplicates;

  ShardPipeline(
      ShardLog log,
      RowMaker rows,
      ReadingStart start,
      RollPolicy policy,
      InstantSource clock,
      PipelineObserver observer) {
    this.log = log;
    this.rows = rows;
    this.start = start;
    this.policy = policy;
    this.clock = clock;
    this.observer = observer;
    this.segment = log.begin();
    observer.opened(log.shard());
  }

  /** The rows, of any tables, that one change becomes. */
  @FunctionalInterface
  interface RowMaker {
    List<LakeRow> rowsOf(StreamShard shard, ChangeEvent event, Instant cdcTime);
  }

  /** The shard. */
  public StreamShard shard() {
    return log.shard();
  }

  /** The position that the log has reached; empty before the shard's first record. */
  public Optional<SequenceNumber> position() {
    return log.cursor().position();
  }

  /**
   * Takes one record, in the order of the stream. One that is already in the lake, or older than
   * what is to be kept, is dropped.
   *
   * @throws UndecodableRecordException if it is not a record of a stream with both images
   */
  public void accept(Record record) throws UndecodableRecordException {
    if (supersededAt != null || log.ended()) {
      return;
    }
    ChangeEvent event = StreamRecordDecoder.decode(record);
    if (event.approximateCreation().isBefore(start.notBefore())) {
      return;
    }
    Optional<ShardCursor.Accepted> next = segment.cursor().accept(event);
    if (next.isEmpty()) {
      duplicates++;
      return;
    }
    ShardCursor cursor = next.get().cursor();
    segment.append(cursor, rows.rowsOf(log.shard(), event, next.get().cdcTime()));
    lastSequenceNumber = record.dynamodb().sequenceNumber();
    accepted++;
  }

  /**
   * Commits the segment if it is due; to be called after every read, with or without records, so
   * that the segment's age is seen.
   */
  public Progress commitIfDue() {
    observer.polled(log.shard(), accepted, duplicates);
    accepted = 0;
    duplicates = 0;
    Instant now = clock.instant();
    if (supersededAt != null && now.isAfter(supersededAt.plus(SUPERSEDED_PATIENCE))) {
      throw new IllegalStateException(
          "another writer committed records that this worker had read, and yet this worker still"
              + " holds the lease; a restart reads on from the log");
    }
    return policy.isDue(segment, now) ? commitHeld() : new Progress.Waiting();
  }

  /** Commits whatever the segment holds. */
  public Progress commitHeld() {
    if (supersededAt != null) {
      return new Progress.Superseded();
    }
    if (segment.records() == 0) {
      return new Progress.Waiting();
    }
    Optional<SequenceNumber> held = segment.cursor().position();
    String spelled = String.valueOf(lastSequenceNumber);
    return settle(log.commit(segment), held, spelled);
  }

  /**
   * Commits what is held as the end of the shard.
   *
   * @throws IllegalStateException if the end is not in the log afterwards
   */
  public void end() {
    if (!log.ended() && supersededAt == null) {
      Optional<SequenceNumber> held = segment.cursor().position();
      settle(log.commitEnd(segment), held, String.valueOf(lastSequenceNumber));
    }
    if (!log.ended()) {
      throw new IllegalStateException(
          "The end of " + log.shard() + " is not committed: another writer holds the shard");
    }
    observer.ended(log.shard());
  }

  /** Drops what is held; whoever reads the shard next reads it again. */
  public void discard() {
    segment.discard();
    observer.released(log.shard());
  }

  private Progress settle(Outcome outcome, Optional<SequenceNumber> held, String spelled) {
    if (outcome instanceof Outcome.Committed committed) {
      observer.committed(
          log.shard(),
          committed.entry().records(),
          committed.entry().files().size(),
          committed.entry().files().stream().mapToLong(StagedFile::size).sum(),
          committed.cursor().latest());
      segment = log.begin();
      return new Progress.Committed(spelled);
    }
    if (outcome instanceof Outcome.Superseded superseded) {
      return superseded(superseded.cursor(), held);
    }
    Outcome.Halted halted = (Outcome.Halted) outcome;
    throw new IllegalStateException(
        "the commit was halted (" + halted.halt() + "): " + halted.reason());
  }

  /**
   * Goes on behind the other writer, if it has committed all that was held here. If it has not, KCL
   * cannot be made to deliver the rest again: to go on would leave a hole.
   */
  private Progress superseded(ShardCursor theirs, Optional<SequenceNumber> held) {
    segment = log.begin();
    if (held.isPresent() && theirs.position().filter(last -> !held.get().isAfter(last)).isEmpty()) {
      supersededAt = clock.instant();
    }
    return new Progress.Superseded();
  }
}
