package dev.afterbay.consumer.health;

import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The last hour of this process, in steps of ten seconds. Safe for many threads. */
public final class History {
  /** How often to take a sample. */
  public static final Duration STEP = Duration.ofSeconds(10);

  private static final int KEPT = (int) Duration.ofHours(1).dividedBy(STEP) + 1;

  private final Vitals vitals;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /** A history without any sample. */
  public History(Vitals vitals) {
    this.vitals = vitals;
  }

  /** Takes a sample of now. */
  public void sample() {
    VitalsSnapshot snapshot = vitals.snapshot();
    Map<TableName, Figures> figures = new TreeMap<>();
    snapshot
        .tables()
        .forEach(
            table ->
                figures.put(
                    table.table(),
                    new Figures(table.tally().records(), table.behind(snapshot.now()))));
    synchronized (this) {
      if (samples.size() == KEPT) {
        samples.removeFirst();
      }
      samples.addLast(new Sample(snapshot.now(), figures));
    }
  }

  /** What is known of a table, oldest first. */
  synchronized List<Point> of(TableName table) {
    List<Point> points = new ArrayList<>();
    Instant before = Instant.MAX;
    long counted = 0;
    for (Sample sample : samples) {
      Figures figures = sample.figures().get(table);
      if (figures == null) {
        continue;
      }
      if (before.isBefore(sample.at())) {
        double seconds = Duration.between(before, sample.at()).toMillis() / 1000.0;
        points.add(
            new Point(sample.at(), (figures.records() - counted) / seconds, figures.behind()));
      }
      before = sample.at();
      counted = figures.records();
    }
    return points;
  }

  /**
   * A moment of a table.
   *
   * @param at the end of the step
   * @param recordsPerSecond that became visible in it
   * @param behind how far the lake was behind the clock, if this process read anything
   */
  record Point(Instant at, double recordsPerSecond, Optional<Duration> behind) {}

  private record Sample(Instant at, Map<TableName, Figures> figures) {}

  private record Figures(long records, Optional<Duration> behind) {}
}
