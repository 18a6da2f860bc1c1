package dev.afterbay.benchmarks.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Looks at a worker until it has made all records visible. */
final class Watch {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String READ = "afterbay_records_read_total";
  private static final String VISIBLE = "afterbay_records_total";
  private static final String COMMITS = "afterbay_commits_total";

  private final Scene scene;
  private final MeasuredProcess worker;
  private final Metrics metrics;
  private final GcLog gc;
  private final Pace pace;
  private final long began = System.nanoTime();

  /** What is known at one moment. */
  private record Look(
      double at,
      long read,
      long visible,
      long commits,
      double cpu,
      double compiling,
      double collecting,
      double stream,
      double store) {}

  Watch(Scene scene, MeasuredProcess worker, Metrics metrics, GcLog gc, Pace pace) {
    this.scene = scene;
    this.worker = worker;
    this.metrics = metrics;
    this.gc = gc;
    this.pace = pace;
  }

  /** Leaves the worker alone for so long. */
  void rest(Duration rest) throws IOException {
    long over = System.nanoTime() + rest.toNanos();
    while (System.nanoTime() < over) {
      worker.mustLive();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Waits until so many records are visible. Warm is what lies between two shares of them, by what
   * was read.
   */
  Figures until(long records, double warmAfter, double warmUntil) throws IOException {
    Look warm = await(look -> look.read >= warmAfter * records);
    Look steady = await(look -> look.read >= warmUntil * records);
    double paceMeanwhile = pace.ofLast(steady.at - warm.at);
    Look end = await(look -> look.visible >= records);
    double millions = (steady.read - warm.read) / 1e6;
    return new Figures(
        (steady.cpu - warm.cpu) / millions,
        (steady.compiling - warm.compiling) / millions,
        (steady.collecting - warm.collecting) / millions,
        (end.cpu - warm.cpu) / ((records - warm.read) / 1e6),
        end.cpu / (records / 1e6),
        gc.allocatedMegabytes(warm.at, steady.at) * 1_024 / (1e6 * millions),
        millions * 1e6 / (steady.at - warm.at),
        worker.peakMegabytes(),
        end.commits,
        (steady.stream - warm.stream) / millions,
        (steady.store - warm.store) / millions,
        paceMeanwhile);
  }

  private Look await(Predicate<Look> enough) throws IOException {
    while (System.nanoTime() - began < PATIENCE.toNanos()) {
      worker.mustLive();
      Look look = look();
      if (enough.test(look)) {
        return look;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IOException("The worker did not come that far within " + PATIENCE);
  }

  private Look look() {
    List<String> lines = metrics.lines();
    return new Look(
        (System.nanoTime() - began) / 1e9,
        Metrics.sum(lines, READ),
        Metrics.sum(lines, VISIBLE),
        Metrics.sum(lines, COMMITS),
        worker.cpuSeconds(),
        worker.compilerSeconds(),
        worker.cpuSeconds("VM Thread"),
        scene.host().cpuSeconds(),
        scene.local().cpuSeconds());
  }
}
