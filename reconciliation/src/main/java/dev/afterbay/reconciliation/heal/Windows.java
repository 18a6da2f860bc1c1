package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.commit.RecordedGap;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The windows of exports that cover gaps: w0, at least {@link #MARGIN} before the gaps, to w1, the
 * first whole second of which no gap has anything any more.
 */
final class Windows {
  /** How long before the gaps the windows begin at least. */
  static final Duration MARGIN = Duration.ofMinutes(2);

  /**
   * Times of the stream are to the second and never step back along a shard, so that a row may
   * stand a little later than it was written. A row this long after w0 was written after w0.
   */
  static final Duration LATENESS = Duration.ofSeconds(10);

  private Windows() {}

  /** Gaps of which the windows would overlap or touch, together; the oldest first. */
  static List<List<RecordedGap>> clusters(List<RecordedGap> gaps) {
    List<RecordedGap> byTime = new ArrayList<>(gaps);
    byTime.sort(
        Comparator.comparing((RecordedGap gap) -> gap.gap().from())
            .thenComparing(gap -> gap.gap().until())
            .thenComparing(gap -> gap.shard().toString())
            .thenComparing(RecordedGap::after));
    List<List<RecordedGap>> clusters = new ArrayList<>();
    Instant reached = Instant.MIN;
    for (RecordedGap gap : byTime) {
      if (clusters.isEmpty() || begin(gap.gap().from(), gap.gap().until()).isAfter(reached)) {
        clusters.add(new ArrayList<>());
        reached = Instant.MIN;
      }
      clusters.get(clusters.size() - 1).add(gap);
      Instant end = end(gap.gap().until());
      reached = end.isAfter(reached) ? end : reached;
    }
    return clusters;
  }

  /** The windows of a cluster, one after the other. */
  static List<Window.Incremental> over(List<RecordedGap> cluster, Instant earliest) {
    Instant from = first(cluster);
    Instant until = last(cluster);
    Instant w1 = end(until);
    Instant w0 = begin(from, until);
    Instant possible = ceiling(earliest);
    if (w0.isBefore(possible)) {
      w0 = possible;
      Instant shortest = w0.plus(Window.SHORTEST);
      w1 = w1.isBefore(shortest) ? shortest : w1;
    }
    return chained(w0, w1);
  }

  static Instant first(List<RecordedGap> cluster) {
    return cluster.stream().map(gap -> gap.gap().from()).min(Comparator.naturalOrder()).get();
  }

  static Instant last(List<RecordedGap> cluster) {
    return cluster.stream().map(gap -> gap.gap().until()).max(Comparator.naturalOrder()).get();
  }

  private static Instant begin(Instant from, Instant until) {
    Instant before = from.truncatedTo(ChronoUnit.SECONDS).minus(MARGIN);
    Instant shortest = end(until).minus(Window.SHORTEST);
    return before.isBefore(shortest) ? before : shortest;
  }

  private static Instant end(Instant until) {
    return ceiling(until).plusSeconds(1);
  }

  private static Instant ceiling(Instant time) {
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(time) ? time : second.plusSeconds(1);
  }

  private static List<Window.Incremental> chained(Instant w0, Instant w1) {
    List<Window.Incremental> windows = new ArrayList<>();
    Instant at = w0;
    while (at.isBefore(w1)) {
      Duration left = Duration.between(at, w1);
      Duration next = left;
      if (left.compareTo(Window.LONGEST) > 0) {
        boolean restTooShort = left.minus(Window.LONGEST).compareTo(Window.SHORTEST) < 0;
        next = restTooShort ? Duration.ofSeconds(left.toSeconds() / 2) : Window.LONGEST;
      }
      windows.add(new Window.Incremental(at, at.plus(next)));
      at = at.plus(next);
    }
    return windows;
  }
}
