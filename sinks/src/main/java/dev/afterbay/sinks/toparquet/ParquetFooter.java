package dev.afterbay.sinks.toparquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.Util;

/** The footer of a Parquet file, read from the end of the file alone. */
public final class ParquetFooter {
  private static final int FIRST_READ_BYTES = 32 * 1024;
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** The footer's length and the closing magic. */
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;

  private ParquetFooter() {}

  /** Reads a range of a file. */
  @FunctionalInterface
  public interface Range {
    /** The bytes from an offset. */
    byte[] read(long offset, int length);
  }

  /**
   * The number of rows that the footer states.
   *
   * @param size of the file in bytes
   * @throws IOException if the file does not end with a Parquet footer
   */
  public static long rows(long size, Range range) throws IOException {
    if (size < TAIL_BYTES) {
      throw new IOException("a file of " + size + " bytes is too short for a footer");
    }
    int first = (int) Math.min(size, FIRST_READ_BYTES);
    byte[] tail = range.read(size - first, first);
    if (!Arrays.equals(Arrays.copyOfRange(tail, first - MAGIC.length, first), MAGIC)) {
      throw new IOException("it does not end as a Parquet file does");
    }
    int footer = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(first - TAIL_BYTES);
    long needed = (long) footer + TAIL_BYTES;
    if (footer < 0 || needed > size) {
      throw new IOException("a footer of " + footer + " bytes in a file of " + size);
    }
    if (needed > first) {
      tail = range.read(size - needed, (int) needed);
    }
    int start = tail.length - (int) needed;
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(tail, start, footer), true)
          .getNum_rows();
    } catch (RuntimeException e) {
      throw new IOException("a footer that cannot be decoded: " + e.getMessage(), e);
    }
  }
}
