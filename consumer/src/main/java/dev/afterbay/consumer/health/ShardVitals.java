package dev.afterbay.consumer.health;

import dev.afterbay.consumer.pipeline.VisibleSegment;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a shard that this process reads is doing.
 *
 * @param shard the shard
 * @param openedAt since when this process reads it
 * @param processedAt when it was last processed, with or without records
 * @param fetchedAt when the stream last answered a read; empty before the first answer
 * @param caughtUpAt when there was last nothing more to read
 * @param tally what was counted since it was opened
 * @param upTo the time of its last visible record; empty before the first commit of this process
 * @param completeAt the time up to which the lake has everything of it; empty if nobody can say
 */
record ShardVitals(
    StreamShard shard,
    Instant openedAt,
    Optional<Instant> processedAt,
    Optional<Instant> fetchedAt,
    Optional<Instant> caughtUpAt,
    Tally tally,
    Optional<Instant> upTo,
    Optional<Instant> completeAt) {
  /** How long a stream keeps a record. */
  private static final Duration RETENTION = Duration.ofHours(24);

  static ShardVitals opened(StreamShard shard, Instant now) {
    return new ShardVitals(
        shard,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Tally.ZERO,
        Optional.empty(),
        Optional.empty());
  }

  ShardVitals polled(int records, int duplicates, Instant now) {
    return new ShardVitals(
        shard,
        openedAt,
        Optional.of(now),
        fetchedAt,
        caughtUpAt,
        tally.polled(records, duplicates),
        upTo,
        completeAt);
  }

  ShardVitals fetched(Instant now) {
    return new ShardVitals(
        shard, openedAt, processedAt, Optional.of(now), caughtUpAt, tally, upTo, completeAt);
  }

  ShardVitals caughtUp(Instant now) {
    return new ShardVitals(
        shard, openedAt, processedAt, fetchedAt, Optional.of(now), tally, upTo, completeAt);
  }

  ShardVitals committed(VisibleSegment segment) {
    Instant time = segment.upTo();
    return new ShardVitals(
        shard,
        openedAt,
        processedAt,
        fetchedAt,
        caughtUpAt,
        tally.committed(segment),
        Optional.of(later(upTo, time)),
        Optional.of(later(completeAt, time)));
  }

  ShardVitals completeThrough(Instant time) {
    return new ShardVitals(
        shard,
        openedAt,
        processedAt,
        fetchedAt,
        caughtUpAt,
        tally,
        upTo,
        Optional.of(later(completeAt, time)));
  }

  private static Instant later(Optional<Instant> one, Instant other) {
    return one.filter(other::isBefore).orElse(other);
  }

  ShardVitals counted(Tally now) {
    return new ShardVitals(
        shard, openedAt, processedAt, fetchedAt, caughtUpAt, now, upTo, completeAt);
  }

  /** When it was last read with success: the stream's answer, or else its processing. */
  Optional<Instant> lastPoll() {
    return fetchedAt.or(() -> processedAt);
  }

  /** How long ago it was last processed; counted from its opening when it never was. */
  Duration unprocessedFor(Instant now) {
    return Elapsed.between(processedAt.orElse(openedAt), now);
  }

  /** How long ago the stream last answered; none before its first answer. */
  Duration unansweredFor(Instant now) {
    return fetchedAt.map(at -> Elapsed.between(at, now)).orElse(Duration.ZERO);
  }

  /** How long reading or processing stands still, whichever does so for longer. */
  Duration silence(Instant now) {
    Duration unprocessed = unprocessedFor(now);
    Duration unanswered = unansweredFor(now);
    return unanswered.compareTo(unprocessed) > 0 ? unanswered : unprocessed;
  }

  /**
   * How long until the stream forgets the oldest record that was not read; none when that is due.
   * What was not read is younger than the last time when there was nothing to read, and than the
   * last visible record. While neither is known, what was there at the opening is taken for new.
   */
  Duration untilTrimmed(Instant now) {
    Instant unread =
        Stream.of(caughtUpAt, upTo)
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder())
            .orElse(openedAt);
    Duration left = RETENTION.minus(Elapsed.between(unread, now));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * How far the lake is behind the clock; while nobody can say, it is taken to have had everything
   * when the shard was opened.
   */
  Duration behind(Instant now) {
    return Elapsed.between(completeAt.orElse(openedAt), now);
  }

  /** How far the visible records are behind the clock. */
  Optional<Duration> lag(Instant now) {
    return upTo.map(time -> Elapsed.between(time, now));
  }
}
