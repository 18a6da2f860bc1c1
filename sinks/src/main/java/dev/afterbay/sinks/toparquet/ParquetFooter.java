package dev.afterbay.sinks.toparquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/** The footer of a Parquet file, read from the end of the file alone. */
public final class ParquetFooter {
  private static final int FIRST_READ_BYTES = 32 * 1024;

  /** A footer of the lake's tables takes some kilobytes for each row group. */
  private static final int SPARING_READ_BYTES = 8 * 1024;

  /** Where {@code AvroWriteSupport} leaves the schema. */
  private static final String AVRO_SCHEMA = "parquet.avro.schema";

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
   * Where the values of a column stand, of one row group.
   *
   * @param column its name; of a nested column, its path with dots
   * @param offset of the first byte in the file
   * @param length in bytes
   * @param known what the footer tells of the values
   */
  public record Chunk(String column, long offset, long length, KnownValues known) {}

  /**
   * What the footer tells.
   *
   * @param rows in the file
   * @param chunks by row group, then in the order of the columns
   */
  public record Layout(long rows, List<Chunk> chunks) {
    /** Copies the list. */
    public Layout {
      chunks = List.copyOf(chunks);
    }
  }

  /**
   * The number of rows that the footer states.
   *
   * @param size of the file in bytes
   * @throws IOException if the file does not end with a Parquet footer
   */
  public static long rows(long size, Range range) throws IOException {
    return metadata(size, FIRST_READ_BYTES, range).getNum_rows();
  }

  /**
   * The schema of the rows as whoever wrote the file with Avro has left it there.
   *
   * @param size of the file in bytes
   * @throws IOException if the file does not end with a Parquet footer, or has no such schema
   */
  public static Schema schema(long size, Range range) throws IOException {
    FileMetaData metadata = metadata(size, FIRST_READ_BYTES, range);
    if (metadata.isSetKey_value_metadata()) {
      for (KeyValue each : metadata.getKey_value_metadata()) {
        if (each.getKey().equals(AVRO_SCHEMA)) {
          // Key attributes stand under names that Avro would not give.
          return new Schema.Parser(NameValidator.NO_VALIDATION).parse(each.getValue());
        }
      }
    }
    throw new IOException("it was not written by Afterbay: it has no schema of Avro");
  }

  /**
   * Where everything stands in a file. No more is read than the footer, and a few kilobytes before
   * it.
   *
   * @param size of the file in bytes
   * @throws IOException if the file does not end with a Parquet footer
   */
  public static Layout layout(long size, Range range) throws IOException {
    FileMetaData metadata = metadata(size, SPARING_READ_BYTES, range);
    Set<String> microseconds = KnownValues.columnsOfMicroseconds(metadata.getSchema());
    List<Chunk> chunks = new ArrayList<>();
    for (RowGroup group : metadata.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        chunks.add(chunk(chunk.getMeta_data(), microseconds));
      }
    }
    return new Layout(metadata.getNum_rows(), chunks);
  }

  private static Chunk chunk(ColumnMetaData column, Set<String> microseconds) {
    String name = String.join(".", column.getPath_in_schema());
    long data = column.getData_page_offset();
    long dictionary = column.getDictionary_page_offset();
    boolean first = column.isSetDictionary_page_offset() && dictionary > 0 && dictionary < data;
    return new Chunk(
        name,
        first ? dictionary : data,
        column.getTotal_compressed_size(),
        microseconds.contains(name) ? KnownValues.times(column) : KnownValues.texts(column));
  }

  private static FileMetaData metadata(long size, int firstRead, Range range) throws IOException {
    if (size < TAIL_BYTES) {
      throw new IOException("a file of " + size + " bytes is too short for a footer");
    }
    int first = (int) Math.min(size, firstRead);
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
      byte[] before = range.read(size - needed, (int) (needed - first));
      tail = ByteBuffer.allocate((int) needed).put(before).put(tail).array();
    }
    int start = tail.length - (int) needed;
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(tail, start, footer));
    } catch (RuntimeException e) {
      throw new IOException("a footer that cannot be decoded: " + e.getMessage(), e);
    }
  }
}
