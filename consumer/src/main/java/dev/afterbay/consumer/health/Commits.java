package dev.afterbay.consumer.health;

import dev.afterbay.consumer.pipeline.VisibleSegment;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The commits of this process into one table: the last ones, and how long all of them took. */
final class Commits {
  private static final int KEPT = 8;

  private final Deque<Commit> last = new ArrayDeque<>();
  private Duration took = Duration.ZERO;
  private Instant minute = Instant.EPOCH;
  private Duration slowest = Duration.ZERO;
  private Duration slowestBefore = Duration.ZERO;

  void add(Commit commit) {
    if (last.size() == KEPT) {
      last.removeLast();
    }
    last.addFirst(commit);
    took = took.plus(commit.segment().took());
    turnTo(commit.at());
    slowest = longer(slowest, commit.segment().took());
  }

  Summary at(Instant now) {
    turnTo(now);
    return new Summary(List.copyOf(last), took, longer(slowest, slowestBefore));
  }

  /** What is older than the minute before this one is forgotten. */
  private void turnTo(Instant now) {
    Instant begun = now.truncatedTo(ChronoUnit.MINUTES);
    if (begun.isAfter(minute)) {
      boolean next = begun.equals(minute.plus(1, ChronoUnit.MINUTES));
      slowestBefore = next ? slowest : Duration.ZERO;
      slowest = Duration.ZERO;
      minute = begun;
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /**
   * A commit.
   *
   * @param at when it was visible
   */
  record Commit(Instant at, StreamShard shard, VisibleSegment segment) {}

  /**
   * The commits up to now.
   *
   * @param last the newest first, eight at most
   * @param took all of them together
   * @param slowest of this minute and the one before
   */
  record Summary(List<Commit> last, Duration took, Duration slowest) {
    static final Summary NONE = new Summary(List.of(), Duration.ZERO, Duration.ZERO);
  }
}
