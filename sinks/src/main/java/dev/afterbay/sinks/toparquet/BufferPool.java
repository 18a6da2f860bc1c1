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
 * <p>What lies here unused has a limit; past it the sizes go first that nobody has asked for the
 * longest. Any thread may use it.
 */
final class BufferPool {
  /** Smaller ones are not worth the search. */
  static final int LEAST_BYTES = 4 * 1024;

  /** An array is longer than asked for by a quarter at most, so that sizes meet again. */
  private static final int SIZES_OF_A_DOUBLING = 4;

  private static final int SHARE_OF_HEAP = 32;

  private static final BufferPool OF_THIS_PROCESS =
      new BufferPool(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

  private final long limit;

  /** By length; the sizes asked for last come last. */
  private final Map<Integer, Deque<byte[]>> unused = new LinkedHashMap<>(32, 0.75f, true);

  private long unusedBytes;

  BufferPool(long limit) {
    this.limit = limit;
  }

  /** The one that all files of this process share; a thirty-second of the heap may lie in it. */
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
    Deque<byte[]> same = unused.get(length);
    byte[] used = same == null ? null : same.pollLast();
    if (used != null) {
      unusedBytes -= length;
    }
    return used;
  }

  /** Takes an array back, which its user must not touch any more. */
  synchronized void giveBack(byte[] array) {
    if (array.length < LEAST_BYTES
        || array.length > limit
        || length(array.length) != array.length) {
      return;
    }
    unused.computeIfAbsent(array.length, any -> new ArrayDeque<>()).addLast(array);
    unusedBytes += array.length;
    while (unusedBytes > limit) {
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
