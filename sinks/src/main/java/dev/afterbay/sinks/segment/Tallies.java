package dev.afterbay.sinks.segment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each of some things was counted. There is room for so many different ones; what comes
 * later is counted together, by table and reason.
 *
 * @param counts in order, unmodifiable
 */
public record Tallies(Map<Tally, Long> counts) {
  /** Nothing was counted. */
  public static final Tallies NONE = new Tallies(Map.of());

  /** The subject of what is counted together for want of room. */
  public static final String OTHERS = "(others)";

  /** Entries of a log hold them; attribute names may be as many as items. */
  static final int MOST = 500;

  /** Copies the counts. */
  public Tallies {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** How often each tally stands in a list. */
  public static Tallies of(List<Tally> tallies) {
    Counter counter = new Counter();
    tallies.forEach(counter::add);
    return counter.tallies();
  }

  /** The sums of both. */
  public Tallies plus(Tallies other) {
    if (other.counts.isEmpty()) {
      return this;
    }
    Counter sums = new Counter();
    counts.forEach(sums::add);
    other.counts.forEach(sums::add);
    return sums.tallies();
  }

  /** Whether every count, all tallies of one table and reason together, is at least the other's. */
  public boolean covers(Tallies other) {
    Map<Tally, Long> own = byReason();
    return other.byReason().entrySet().stream()
        .allMatch(sum -> own.getOrDefault(sum.getKey(), 0L) >= sum.getValue());
  }

  private Map<Tally, Long> byReason() {
    Map<Tally, Long> sums = new TreeMap<>();
    counts.forEach((tally, count) -> sums.merge(together(tally), count, Long::sum));
    return sums;
  }

  private static Tally together(Tally tally) {
    return new Tally(tally.table(), OTHERS, tally.reason());
  }

  /** Counts one after the other. Not safe for use by several threads. */
  static final class Counter {
    private final Map<Tally, Long> counts = new TreeMap<>();
    private int named;

    void add(Tally tally) {
      add(tally, 1);
    }

    void add(Tally tally, long count) {
      boolean known = tally.subject().equals(OTHERS) || counts.containsKey(tally);
      if (!known && named == MOST) {
        add(together(tally), count);
        return;
      }
      named += known ? 0 : 1;
      counts.merge(tally, count, Long::sum);
    }

    Tallies tallies() {
      return counts.isEmpty() ? NONE : new Tallies(counts);
    }
  }
}
