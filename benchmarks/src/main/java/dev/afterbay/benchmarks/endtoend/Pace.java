package dev.afterbay.benchmarks.endtoend;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast the machine is from moment to moment: the processor time that the same computation takes
 * again and again, a hundredth of one processor in all. Where cores are shared with others that one
 * cannot see, a second of processor time may do half of the work that it did a minute before; so
 * runs are only to be compared in a measure of their own moment.
 */
final class Pace implements AutoCloseable {
  private static final int STEPS = 500_000;
  private static final long PAUSE_NANOS = 200_000_000;
  private static final double NANOS = 1e9;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final NavigableMap<Long, Double> microseconds = new ConcurrentSkipListMap<>();
  private final Thread thread = new Thread(this::measure, "pace");
  private volatile boolean over;

  /** Unused results would be optimized away. */
  private volatile long result;

  /** Begins to measure. */
  static Pace start() {
    Pace pace = new Pace();
    pace.thread.setDaemon(true);
    pace.thread.start();
    return pace;
  }

  private void measure() {
    while (!over) {
      long before = threads.getCurrentThreadCpuTime();
      result = compute();
      microseconds.put(System.nanoTime(), (threads.getCurrentThreadCpuTime() - before) / 1e3);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private long compute() {
    long x = result | 1;
    for (int i = 0; i < STEPS; i++) {
      x = x * 6_364_136_223_846_793_005L + i;
      x ^= x >>> 29;
    }
    return x;
  }

  /** The mean of what the computation has taken in the last seconds, in microseconds. */
  double ofLast(double seconds) {
    Map<Long, Double> last = microseconds.tailMap(System.nanoTime() - (long) (seconds * NANOS));
    return last.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  @Override
  public void close() {
    over = true;
  }
}
