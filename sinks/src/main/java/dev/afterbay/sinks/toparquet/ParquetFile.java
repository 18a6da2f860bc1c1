package dev.afterbay.sinks.toparquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * One Parquet file in the making: zstd, statistics on every column, rows in the order in which they
 * were appended. It holds one row group in memory at most.
 */
public final class ParquetFile {
  private static final long ROW_GROUP_BYTES = 64L * 1024 * 1024;
  private static final int STATISTICS_BYTES = 64;

  private final SpillBuffer buffer;
  private final ZstdCodecs codecs = new ZstdCodecs();
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
    this.buffer = new SpillBuffer(scratch);
    AvroParquetWriter.Builder<GenericRecord> builder =
        AvroParquetWriter.<GenericRecord>builder(new BufferOutputFile(buffer))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(codecs)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(ROW_GROUP_BYTES)
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

  /** Writes the footer; no row can follow. Doing it again changes nothing. */
  public void finish() throws IOException {
    if (!finished) {
      writer.close();
      codecs.release();
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
    codecs.release();
    buffer.discard();
  }
}
