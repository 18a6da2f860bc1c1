package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one shard's records into the lake: decode, drop what is already there, collect into
 * the segment, commit when the segment is due. A record that cannot become a change goes to the
 * table's quarantine in the same segment. Not safe for use by several threads.
 */
public final class ShardPipeline {
  /**
   * How long records may still arrive after another writer won. A worker that lost its lease hears
   * of it within that time; one that still reads is the rightful owner and must start anew.
   */
  private static final Duration SUPERSEDED_PATIENCE = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(ShardPipeline.class);

  private final ShardLog log;
  private final RowMaker rows;
  private final Intake intake;
  private final ReadingStart start;
  private final RollPolicy policy;
  private final MemoryBudget.Share memory;
  private final InstantSource clock;
  private final PipelineObserver observer;
  private final Continuity continuity;

  private Segment segment;
  private @Nullable Missing missing;
  private RollPolicy due;
  private @Nullable String lastSequenceNumber;
  private @Nullable SequenceNumber seen;
  private @Nullable Instant supersededAt;
  private int accepted;
  private int duplicates;
  private int quarantined;

  ShardPipeline(
      ShardLog log,
      RowMaker rows,
      ReadingStart start,
      RollPolicy policy,
      MemoryBudget.Share memory,
      InstantSource clock,
      PipelineObserver observer,
      Continuity continuity,
      Optional<Missing> missing) {
    this.log = log;
    this.rows = rows;
    this.intake = new Intake(log.shard(), rows, clock);
    this.start = start;
    this.policy = policy;
    this.memory = memory;
    this.clock = clock;
    this.observer = observer;
    this.continuity = continuity;
    this.missing = missing.orElse(null);
    this.segment = begin();
    this.due = policy.firstAfterOpening();
    observer.opened(log.shard());
    Instant latest = log.cursor().latest();
    if (latest.isAfter(Instant.EPOCH)) {
      observer.completeThrough(log.shard(), latest);
    }
  }

  /** The shard. */
  public StreamShard shard() {
    return log.shard();
  }

  /** How often the shard's log was rewound before it was opened. */
  public int epoch() {
    return log.epoch();
  }

  /** The position that the log has reached; empty before the shard's first record. */
  public Optional<SequenceNumber> position() {
    return log.cursor().position();
  }

  /**
   * Takes one record, in the order of the stream. One that is already in the lake, or older than
   * what is to be kept, is dropped; one that cannot become a change is set aside raw.
   *
   * @throws IllegalStateException if the record does not say where it stands in the shard
   */
  public void accept(StreamedRecord record) {
    if (supersededAt != null || log.ended()) {
      return;
    }
    Arrival arrival = Arrival.of(record);
    seen = arrival.position();
    if (arrival.created().filter(start.notBefore()::isAfter).isPresent()) {
      return;
    }
    SequenceNumber position = arrival.position();
    boolean broken = continuity.brokenBefore(position);
    if (segment.cursor().covers(position)) {
      duplicates++;
      return;
    }
    if (broken && missing == null) {
      missing = trimmed();
    }
    if (missing != null) {
      recordGap(missing.before(position, arrival.created().orElse(clock.instant())));
      if (supersededAt != null || segment.cursor().covers(position)) {
        return;
      }
    }
    Intake.Taken taken = intake.take(arrival, segment.cursor());
    segment.append(taken.cursor(), taken.rows());
    segment.count(taken.tallies());
    lastSequenceNumber = record.spelledPosition();
    accepted++;
    taken.quarantined().ifPresent(reason -> tellOfQuarantine(arrival.position(), reason));
  }

  /** One line for each batch: all records of a stream may be of this kind. */
  private void tellOfQuarantine(SequenceNumber position, String reason) {
    observer.quarantined(log.shard(), 1);
    if (quarantined++ == 0) {
      LOG.atWarn()
          .addKeyValue("event", "quarantined")
          .addKeyValue("table", log.shard().table())
          .addKeyValue("shardId", log.shard().shard())
          .addKeyValue("sequenceNumber", position)
          .addKeyValue("reason", reason)
          .log("A record goes to quarantine, perhaps with more of its batch");
    }
  }

  /**
   * Commits the segment if it is due, or if the memory is short; to be called after every read,
   * with or without records, so that the segment's age is seen.
   */
  public Progress commitIfDue() {
    observer.polled(log.shard(), accepted, duplicates);
    accepted = 0;
    duplicates = 0;
    quarantined = 0;
    Instant now = clock.instant();
    if (supersededAt != null && now.isAfter(supersededAt.plus(SUPERSEDED_PATIENCE))) {
      throw new IllegalStateException(
          "another writer committed records that this worker had read, and yet this worker still"
              + " holds the lease; a restart reads on from the log");
    }
    if (memory.mustGoAt(segment.memory())) {
      LOG.atInfo()
          .addKeyValue("event", "early-commit")
          .addKeyValue("table", log.shard().table())
          .addKeyValue("shardId", log.shard().shard())
          .addKeyValue("records", segment.records())
          .log("Commits early: the segments of this process fill their share of the heap");
      return commitHeld();
    }
    return due.isDue(segment, now) ? commitHeld() : new Progress.Waiting();
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
    Instant begun = clock.instant();
    return settle(log.commit(segment), begun, held, spelled);
  }

  /**
   * Commits what is held as the end of the shard.
   *
   * @throws IllegalStateException if the end is not in the log afterwards
   * @throws DeniedShardException if it is not the end
   */
  public void end() {
    if (!log.ended() && supersededAt == null) {
      Optional<Missing> tail = missingAtEnd();
      if (tail.isPresent()) {
        recordGap(tail.get().untilEnd(clock.instant()));
      } else {
        Optional<SequenceNumber> held = segment.cursor().position();
        Instant begun = clock.instant();
        settle(log.commitEnd(segment), begun, held, String.valueOf(lastSequenceNumber));
      }
    }
    if (!log.ended()) {
      throw new IllegalStateException(
          "The end of " + log.shard() + " is not committed: another writer holds the shard");
    }
    memory.close();
    observer.ended(log.shard());
  }

  /**
   * Whether nothing up to a record is left to commit.
   *
   * @param last the last record that the shard's reader was given; empty if it was given none
   */
  public boolean isCommitted(Optional<SequenceNumber> last) {
    return supersededAt == null
        && missing == null
        && segment.records() == 0
        && last.filter(record -> !segment.cursor().covers(record) && !hasSeen(record)).isEmpty();
  }

  private boolean hasSeen(SequenceNumber record) {
    return seen != null && !record.isAfter(seen);
  }

  /** Drops what is held; whoever reads the shard next reads it again. */
  public void discard() {
    segment.discard();
    memory.close();
    observer.released(log.shard());
  }

  private Missing trimmed() {
    return new Missing(
        Gap.Reason.TRIMMED,
        segment.cursor().latest(),
        "the stream had trimmed what came next when it was asked for");
  }

  private Optional<Missing> missingAtEnd() {
    if (missing != null) {
      return Optional.of(missing);
    }
    return switch (continuity.end()) {
      case WHOLE -> Optional.empty();
      case TRIMMED -> Optional.of(trimmed());
      case VANISHED ->
          Optional.of(
              new Missing(
                  Gap.Reason.SHARD_VANISHED,
                  segment.cursor().latest(),
                  "the stream did not know the shard any more when it was read"));
      case DENIED -> throw new DeniedShardException(log.shard());
    };
  }

  /** Commits what is held, which comes before the gap, and then the gap. */
  private void recordGap(Gap gap) {
    if (segment.records() > 0) {
      commitHeld();
    }
    if (supersededAt != null || log.ended()) {
      return;
    }
    missing = null;
    SequenceNumber position = log.cursor().position().orElse(Entry.START);
    if (gap.before().filter(before -> !before.previous().isAfter(position)).isPresent()) {
      return; // Another writer has recorded it, or the two are neighbours.
    }
    LOG.atWarn()
        .addKeyValue("event", "gap")
        .addKeyValue("table", log.shard().table())
        .addKeyValue("shardId", log.shard().shard())
        .addKeyValue("sequenceNumber", position)
        .addKeyValue("reason", gap.reason())
        .log("Records are gone for good; recording the gap and going on after it");
    segment.discard();
    Instant begun = clock.instant();
    if (settle(log.commitGap(gap), begun, Optional.empty(), "") instanceof Progress.Committed) {
      observer.gap(log.shard());
    }
  }

  private Progress settle(
      Outcome outcome, Instant begun, Optional<SequenceNumber> held, String spelled) {
    memory.emptied();
    if (outcome instanceof Outcome.Committed committed) {
      observer.committed(
          log.shard(), VisibleSegment.of(committed, Duration.between(begun, clock.instant())));
      Tallies counted = segment.tallies();
      if (!counted.counts().isEmpty()) {
        observer.counted(log.shard(), counted);
      }
      segment = begin();
      due = policy;
      return new Progress.Committed(spelled);
    }
    if (outcome instanceof Outcome.Superseded superseded) {
      return superseded(superseded.cursor(), held);
    }
    Outcome.Halted halted = (Outcome.Halted) outcome;
    throw new IllegalStateException(
        "the commit was halted (" + halted.halt() + "): " + halted.reason());
  }

  private Segment begin() {
    rows.segmentBegins();
    return log.begin();
  }

  /**
   * Goes on behind the other writer, if it has committed all that was held here. If it has not, KCL
   * cannot be made to deliver the rest again: to go on would leave a hole.
   */
  private Progress superseded(ShardCursor theirs, Optional<SequenceNumber> held) {
    segment = begin();
    if (held.isPresent() && theirs.position().filter(last -> !held.get().isAfter(last)).isEmpty()) {
      supersededAt = clock.instant();
    }
    return new Progress.Superseded();
  }
}
