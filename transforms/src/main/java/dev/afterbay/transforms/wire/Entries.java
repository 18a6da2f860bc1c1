package dev.afterbay.transforms.wire;

import java.util.Arrays;

/**
 * Where the attributes of a map, and of the maps around it, stand in a sink; brings those of one
 * map into the order of their names' bytes, which is also the order of their code points.
 */
final class Entries {
  private final ByteSink sink;
  private int[] starts = new int[64];
  private int[] lengths = new int[64];
  private long[] prefixes = new long[64];
  private int[] order = new int[64];
  private int[] merged = new int[64];
  private int count;

  Entries(ByteSink sink) {
    this.sink = sink;
  }

  void clear() {
    count = 0;
  }

  /** A map begins; gives back what its end is to be told. */
  int begin() {
    return count;
  }

  /**
   * An attribute of the innermost map was written.
   *
   * @param start the index of the quote before its name
   * @param length of the name, which has no escapes
   */
  void add(int start, int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
      prefixes = Arrays.copyOf(prefixes, 2 * count);
      order = new int[2 * count];
      merged = new int[2 * count];
    }
    starts[count] = start;
    lengths[count] = length;
    prefixes[count] = sink.prefix(start + 1, length);
    count++;
  }

  /** The innermost map has ended. */
  void end(int first) {
    boolean sorted = true;
    for (int i = first + 1; i < count && sorted; i++) {
      sorted = compare(i - 1, i) < 0;
    }
    if (!sorted) {
      sort(first);
    }
    count = first;
  }

  private void sort(int first) {
    int many = count - first;
    for (int i = 0; i < many; i++) {
      order[i] = first + i;
    }
    sort(0, many);
    for (int i = 1; i < many; i++) {
      if (compare(order[i - 1], order[i]) == 0) {
        throw UnusualJson.here(); // One name twice.
      }
    }
    sink.reorder(starts, first, order, many);
  }

  private void sort(int from, int to) {
    if (to - from < 8) {
      for (int i = from + 1; i < to; i++) {
        int entry = order[i];
        int j = i;
        for (; j > from && compare(order[j - 1], entry) > 0; j--) {
          order[j] = order[j - 1];
        }
        order[j] = entry;
      }
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    System.arraycopy(order, from, merged, from, middle - from);
    int left = from;
    int right = middle;
    for (int i = from; left < middle; i++) {
      order[i] =
          right < to && compare(order[right], merged[left]) < 0 ? order[right++] : merged[left++];
    }
  }

  private int compare(int a, int b) {
    int byPrefix = Long.compareUnsigned(prefixes[a], prefixes[b]);
    return byPrefix != 0
        ? byPrefix
        : sink.compare(starts[a] + 1, lengths[a], starts[b] + 1, lengths[b]);
  }
}
