package dev.afterbay.benchmarks.endtoend;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;

/**
 * How fast the machine is from moment to moment: the processor time that it takes to compress the
 * same bytes again and again, a hundredth of one processor in all. Where cores are shared with
 * others that one cannot see, a second of processor time may do half of the work that it did a
 * minute before; so runs are only to be compared in a measure of their own moment. What is measured
 * is native code with tables and branches: a chain of multiplications does not feel a neighbour on
 * the same core, and the compilers change the pace of Java code.
 */
final class Pace implements AutoCloseable {
  private static final int BYTES = 48 << 10;
  private static final long PAUSE_NANOS = 200_000_000;
  private static final double NANOS = 1e9;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final NavigableMap<Long, Double> microseconds = new ConcurrentSkipListMap<>();
  private final Thread thread = new Thread(this::measure, "pace");
  private volatile boolean over;

  /** Begins to measure. */
  static Pace start() {
    Pace pace = new Pace();
    pace.thread.setDaemon(true);
    pace.thread.start();
    return pace;
  }

  private void measure() {
    byte[] bytes = text();
    byte[] compressed = new byte[BYTES];
    Deflater deflater = new Deflater();
    while (!over) {
      long before = threads.getCurrentThreadCpuTime();
      deflater.reset();
      deflater.setInput(bytes);
      deflater.finish();
      deflater.deflate(compressed);
      microseconds.put(System.nanoTime(), (threads.getCurrentThreadCpuTime() - before) / 1e3);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    deflater.end();
  }

  /** Bytes of sixteen kinds: they compress, and not by long repetitions. */
  private static byte[] text() {
    byte[] bytes = new byte[BYTES];
    Random random = new Random(1);
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(16));
    }
    return bytes;
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
