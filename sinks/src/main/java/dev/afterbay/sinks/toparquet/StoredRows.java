package dev.afterbay.sinks.toparquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** The rows of a Parquet file, read back. */
public final class StoredRows {
  private StoredRows() {}

  /**
   * Gives out the rows of a file in order.
   *
   * @param file all of it
   * @return how many there are
   * @throws IOException if it cannot be read to its end
   */
  public static long read(byte[] file, Consumer<GenericRecord> rows) throws IOException {
    ZstdCodecs codecs = new ZstdCodecs();
    long count = 0;
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(
                new BytesFile(file), new PlainParquetConfiguration())
            .withDataModel(GenericData.get())
            .withCodecFactory(codecs)
            .build()) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        rows.accept(row);
        count++;
      }
    } catch (RuntimeException e) {
      // What parquet-java throws of damaged bytes is of many kinds.
      throw new IOException("Row " + count + " cannot be read: " + e, e);
    } finally {
      codecs.release();
    }
    return count;
  }

  private record BytesFile(byte[] bytes) implements InputFile {
    @Override
    public long getLength() {
      return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
      Seekable seekable = new Seekable(bytes);
      return new DelegatingSeekableInputStream(seekable) {
        @Override
        public long getPos() {
          return seekable.position();
        }

        @Override
        public void seek(long position) {
          seekable.seek((int) position);
        }
      };
    }
  }

  private static final class Seekable extends ByteArrayInputStream {
    Seekable(byte[] bytes) {
      super(bytes);
    }

    int position() {
      return pos;
    }

    void seek(int position) {
      pos = position;
    }
  }
}
