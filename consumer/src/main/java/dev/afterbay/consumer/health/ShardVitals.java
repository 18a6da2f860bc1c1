package dev.afterbay.consumer.health;

import dev.afterbay.transforms.change.StreamShard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a shard that this process reads is doing.
 *
 * @param shard the shard
 * @param openedAt since when this process reads it
 * @param lastPoll when it was last read, with or without records
 * @param tally what was counted since it was opened
 * @param upTo the time of its last visible record; empty before the first commit of this process
 */
record ShardVitals(
    StreamShard shard,
    Instant openedAt,
    Optional<Instant> lastPoll,
    Tally tally,
    Optional<Instant> upTo) {
  static ShardVitals opened(StreamShard shard, Instant now) {
    return new ShardVitals(shard, now, Optional.empty(), Tally.ZERO, Optional.empty());
  }

  ShardVitals polled(int records, int duplicates, Instant now) {
    return new ShardVitals(
        shard, openedAt, Optional.of(now), tally.polled(records, duplicates), upTo);
  }

  ShardVitals committed(long records, int files, long bytes, Instant time) {
    Instant later = upTo.filter(time::isBefore).orElse(time);
    return new ShardVitals(
        shard, openedAt, lastPoll, tally.committed(records, files, bytes), Optional.of(later));
  }

  /** How long ago it was last read; counted from its opening when it never was. */
  Duration silence(Instant now) {
    return Elapsed.between(lastPoll.orElse(openedAt), now);
  }

  /** How far the visible records are behind the clock. */
  Optional<Duration> lag(Instant now) {
    return upTo.map(time -> Elapsed.between(time, now));
  }
}
