package dev.afterbay.sinks.toparquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * One Parquet file in the making: zstd, statistics on every column, rows in the order in which they
 * were appended. Lists have the three levels of the format's specification. It holds one row group
 * in memory at most.
 */
public final class ParquetFile {
  /** A row group of which readers have the most; larger ones gain nothing. */
  public static final long LARGEST_ROW_GROUP = 64L * 1024 * 1024;

  private static final int STATISTICS_BYTES = 64;
  private static final int PAGE_BYTES = 1024 * 1024;
  private static final int LEAST_PAGE_BYTES = 128 * 1024;
  private static final int PAGES_OF_A_ROW_GROUP = 4;

  /**
   * What a row group of keys needs before it is known that they do not repeat: until then each key
   * is looked for among all before it, which for small row groups would be all the time.
   */
  private static final int DICTIONARY_BYTES = 128 * 1024;

  private static final int LEAST_DICTIONARY_BYTES = 16 * 1024;
  private static final int DICTIONARIES_OF_A_ROW_GROUP = 256;

  /** What a writer has beside its buffers: the dictionaries' indexes, and the values' numbers. */
  private static final long WRITER_BYTES = 512 * 1024;

  /**
   * After how many rows the writer looks at its own size, where its default is to look ahead from
   * the rows before by up to ten thousand: a hundred rows of the largest items are 80 MB.
   */
  private static final int ROWS_UNSEEN = 4;

  private final SpillBuffer buffer;
  private final MeteredBuffers buffers;
  private final ParquetWriter<GenericRecord> writer;
  private long rows;
  private boolean finished;

  /**
   * An empty file.
   *
   * @param schema of the rows
   * @param plainColumns columns whose values hardly repeat, written without a dictionary
   * @param scratch the folder for what does not stay in memory
   */
  public ParquetFile(Schema schema, Set<String> plainColumns, Path scratch) throws IOException {
    this(schema, plainColumns, scratch, LARGEST_ROW_GROUP);
  }

  /**
   * An empty file that takes no more memory than it is given.
   *
   * @param schema of the rows
   * @param plainColumns columns whose values hardly repeat, written without a dictionary
   * @param scratch the folder for what does not stay in memory
   * @param rowGroupBytes the size of a row group, at which it leaves the memory
   */
  public ParquetFile(Schema schema, Set<String> plainColumns, Path scratch, long rowGroupBytes)
      throws IOException {
    this(
        schema,
        plainColumns,
        scratch,
        rowGroupBytes,
        new MeteredBuffers(BufferPool.ofThisProcess()));
  }

  ParquetFile(
      Schema schema,
      Set<String> plainColumns,
      Path scratch,
      long rowGroupBytes,
      MeteredBuffers buffers)
      throws IOException {
    this.buffers = buffers;
    this.buffer = new SpillBuffer(scratch);
    AvroParquetWriter.Builder<GenericRecord> builder =
        AvroParquetWriter.<GenericRecord>builder(new BufferOutputFile(buffer))
            .withConf(new PlainParquetConfiguration())
            .config(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, "false")
            .withCodecFactory(new ZstdCodecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withAllocator(buffers)
            .withRowGroupSize(rowGroupBytes)
            .withPageSize(share(rowGroupBytes, PAGES_OF_A_ROW_GROUP, LEAST_PAGE_BYTES, PAGE_BYTES))
            .withDictionaryPageSize(
                share(
                    rowGroupBytes,
                    DICTIONARIES_OF_A_ROW_GROUP,
                    LEAST_DICTIONARY_BYTES,
                    DICTIONARY_BYTES))
            .withMinRowCountForPageSizeCheck(1)
            .withMaxRowCountForPageSizeCheck(ROWS_UNSEEN)
            .withStatisticsTruncateLength(STATISTICS_BYTES)
            .withSchema(schema)
            .withDataModel(GenericData.get());
    for (String column : plainColumns) {
      builder.withDictionaryEncoding(column, false);
    }
    this.writer = builder.build();
  }

  /** Adds a row at the end. */
  public void append(GenericRecord row) throws IOException {
    writer.write(row);
    rows++;
  }

  /** How many rows were appended. */
  public long rows() {
    return rows;
  }

  /** The size in bytes: exact once finished, before that a fair estimate. */
  public long bytes() {
    return finished ? buffer.size() : writer.getDataSize();
  }

  /** How much of the heap the file takes now. */
  public long memory() {
    return buffer.memory() + (finished ? 0 : buffers.held() + WRITER_BYTES);
  }

  /** Writes the footer; no row can follow. Doing it again changes nothing. */
  public void finish() throws IOException {
    if (!finished) {
      writer.close();
      finished = true;
    }
  }

  /** The file's bytes. */
  public SpillBuffer content() {
    if (!finished) {
      throw new IllegalStateException("The file has no footer yet: finish it first");
    }
    return buffer;
  }

  /** Frees what the file holds, without the work of finishing it. It cannot be used afterwards. */
  public void discard() throws IOException {
    buffers.abandon();
    buffer.discard();
  }

  private static int share(long rowGroupBytes, int parts, int least, int most) {
    return (int) Math.max(least, Math.min(most, rowGroupBytes / parts));
  }
}
