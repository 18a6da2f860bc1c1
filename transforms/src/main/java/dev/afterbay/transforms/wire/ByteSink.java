package dev.afterbay.transforms.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at the end. */
final class ByteSink {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** So much is always there behind the end, for a long that begins before it. */
  private static final int SPARE = Long.BYTES;

  private byte[] bytes = new byte[4 << 10];
  private byte[] moved = new byte[0];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void put(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
  }

  void put(byte[] source, int from, int to) {
    int length = to - from;
    room(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  void put(byte[] source) {
    put(source, 0, source.length);
  }

  void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a character in UTF-8. */
  void putCodePoint(int point) {
    if (point < 0x80) {
      put((char) point);
      return;
    }
    room(4);
    if (point < 0x800) {
      bytes[size++] = (byte) (0xc0 | point >> 6);
    } else {
      if (point < 0x10000) {
        bytes[size++] = (byte) (0xe0 | point >> 12);
      } else {
        bytes[size++] = (byte) (0xf0 | point >> 18);
        bytes[size++] = (byte) (0x80 | point >> 12 & 0x3f);
      }
      bytes[size++] = (byte) (0x80 | point >> 6 & 0x3f);
    }
    bytes[size++] = (byte) (0x80 | point & 0x3f);
  }

  byte[] copy(int from) {
    return Arrays.copyOfRange(bytes, from, size);
  }

  /** The first eight bytes from a place on, the first one highest, zeros behind the length. */
  long prefix(int at, int length) {
    long all = (long) LONGS.get(bytes, at);
    return length >= Long.BYTES ? all : length == 0 ? 0 : all & -1L << (Long.BYTES - length) * 8;
  }

  int compare(int a, int lengthOfA, int b, int lengthOfB) {
    return Arrays.compareUnsigned(bytes, a, a + lengthOfA, bytes, b, b + lengthOfB);
  }

  /**
   * Puts the parts that make up the end of the sink in another order.
   *
   * @param starts where each part begins, and behind the last where the next would; a comma stands
   *     before all parts but the first, and is counted to none
   * @param order indexes of the parts
   */
  void reorder(int[] starts, int first, int[] order, int count) {
    int from = starts[first];
    int length = size - from;
    if (moved.length < length) {
      moved = new byte[Math.max(length, 2 * moved.length)];
    }
    System.arraycopy(bytes, from, moved, 0, length);
    int to = from;
    for (int i = 0; i < count; i++) {
      int part = order[i];
      int end = part + 1 < first + count ? starts[part + 1] - 1 : size;
      int partLength = end - starts[part];
      if (i > 0) {
        bytes[to++] = ',';
      }
      System.arraycopy(moved, starts[part] - from, bytes, to, partLength);
      to += partLength;
    }
  }

  private void room(int more) {
    int needed = size + more + SPARE;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }
}
