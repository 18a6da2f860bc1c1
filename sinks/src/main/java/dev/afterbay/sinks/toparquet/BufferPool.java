package dev.afterbay.sinks.toparquet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that were given back, for whoever needs one as large. With many open files an array lives
 * until its row group leaves, which is longer than the young generation keeps anything: were each
 * one new, all of them would be copied to the old generation, only to fill it.
 *
 * <p>What is in use and what lies here unused have a limit together, so that what lies here takes
 * only what segments may take and do not: those of many shards grow and go at different times. Past
 * it the sizes go first that nobody has asked for the longest. Any thread may use it.
 */
final class BufferPool {
  /** Smaller ones are not worth the search. */
  static final int LEAST_BYTES = 4 * 1024;

  /** An array is longer than asked for by a quarter at most, so that sizes meet again. */
  private static final int SIZES_OF_A_DOUBLING = 4;

  /** As much as open segments may take. */
  private static final int SHARE_OF_HEAP = 4;

  /** However much is in use, a little may lie here. */
  private static final int LEAST_UNUSED = 8;

  private static final BufferPool OF_THIS_PROCESS =
      new BufferPool(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

  private final long limit;

  /** By length; the sizes asked for last come last. */
  private final Map<Integer, Deque<byte[]>> unused = new LinkedHashMap<>(32, 0.75f, true);

  private long usedBytes;
  private long unusedBytes;

  /**
   * A pool.
   *
   * @param limit of what is in use and what is not, in bytes; an eighth of it may always be unused
   */
  BufferPool(long limit) {
    this.limit = limit;
  }

  /** The one that all files of this process share. */
  static BufferPool ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * An array of at least so many bytes, with anything in them.
   *
   * @param size in bytes
   */
  byte[] take(int size) {
    int length = length(size);
    byte[] used = takeUsed(length);
    return used == null ? new byte[length] : used;
  }

  private synchronized byte @Nullable [] takeUsed(int length) {
    usedBytes += length;
    Deque<byte[]> same = unused.get(length);
    byte[] used = same == null ? null : same.pollLast();
    if (used != null) {
      unusedBytes -= length;
    }
    keepLimit();
    return used;
  }

  /** Takes an array back, which its user must not touch any more. */
  synchronized void giveBack(byte[] array) {
    forget(array.length);
    if (array.length < LEAST_BYTES || length(array.length) != array.length) {
      return;
    }
    unused.computeIfAbsent(array.length, any -> new ArrayDeque<>()).addLast(array);
    unusedBytes += array.length;
    keepLimit();
  }

  /** So much of what was taken is gone for good. */
  synchronized void forget(long bytes) {
    usedBytes = Math.max(0, usedBytes - bytes);
  }

  private void keepLimit() {
    long most = Math.max(limit / LEAST_UNUSED, limit - usedBytes);
    while (unusedBytes > most) {
      dropOne();
    }
  }

  private void dropOne() {
    Map.Entry<Integer, Deque<byte[]>> longest = unused.entrySet().iterator().next();
    if (longest.getValue().pollFirst() == null) {
      unused.remove(longest.getKey());
    } else {
      unusedBytes -= longest.getKey();
    }
  }

  /** How many bytes lie here. */
  synchronized long unusedBytes() {
    return unusedBytes;
  }

  /** How long an array is of which so many bytes are asked. */
  private static int length(int size) {
    if (size < LEAST_BYTES) {
      return size;
    }
    int step = Integer.highestOneBit(size) / SIZES_OF_A_DOUBLING;
    return size > Integer.MAX_VALUE - step ? size : (size + step - 1) / step * step;
  }
}
