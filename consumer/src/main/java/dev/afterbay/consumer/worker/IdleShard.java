package dev.afterbay.consumer.worker;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a shard in which nothing happens is to be asked again. The pause is a share of the silence
 * before it, so that the first record after a silence waits at most that much longer, and it is
 * never longer than a limit. Without clock.
 */
final class IdleShard {
  /** A pause is at most this part of the silence before it. */
  private static final int PART = 5;

  /**
   * How long a reader that is not known to be at the shard's end goes on asking at the usual pace:
   * before it comes to a record, DynamoDB may answer with some empty pages.
   */
  static final Duration SEARCH = Duration.ofMinutes(1);

  private final Duration longest;
  private @Nullable Instant silentSince;
  private @Nullable Instant asked;
  private @Nullable String next;

  /**
   * A shard that nobody has asked yet.
   *
   * @param longest pause; up to {@link Timings#AFTER_NOTHING} there is none beyond the usual one
   */
  IdleShard(Duration longest) {
    this.longest = longest;
  }

  /**
   * Whether the shard is left alone now, and until the next turn: the answer would most likely be
   * empty.
   *
   * @param iterator with which it would be asked; a new one is used at once
   */
  synchronized boolean rests(@Nullable String iterator, Instant now) {
    if (silentSince == null || asked == null || next == null || !next.equals(iterator)) {
      return false;
    }
    Duration part = Duration.between(silentSince, asked).dividedBy(PART);
    Duration pause = part.compareTo(longest) < 0 ? part : longest;
    boolean clockWentBack = now.isBefore(asked);
    return !clockWentBack && now.plus(Timings.AFTER_NOTHING).isBefore(asked.plus(pause));
  }

  /** The shard was asked, and had nothing. */
  synchronized void sawNothing(Instant at, ShardPage page) {
    if (silentSince == null) {
      silentSince = at.plus(SEARCH);
    }
    answered(at, page);
  }

  /** The shard was asked, and had records that were just written. */
  synchronized void sawNew(Instant at, ShardPage page) {
    silentSince = at;
    answered(at, page);
  }

  /** The shard was asked, and had records of before: there may be more of them. */
  synchronized void sawOld(Instant at, ShardPage page) {
    silentSince = at.plus(SEARCH);
    answered(at, page);
  }

  private void answered(Instant at, ShardPage page) {
    asked = at;
    next = page.nextIterator();
  }
}
