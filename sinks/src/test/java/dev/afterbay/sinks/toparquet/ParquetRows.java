package dev.afterbay.sinks.toparquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** Reads Parquet files with parquet-java's own reader, and writes them. */
public final class ParquetRows {
  private ParquetRows() {}

  /** The rows of a file, in order. */
  public static List<GenericRecord> read(byte[] file) throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    ZstdCodecs codecs = new ZstdCodecs();
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(
                new BytesFile(file), new PlainParquetConfiguration())
            .withDataModel(GenericData.get())
            .withCodecFactory(codecs)
            .build()) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    } finally {
      codecs.release();
    }
    return rows;
  }

  /** A file with rows. */
  public static byte[] write(Schema schema, List<GenericRecord> rows, Path scratch) {
    try {
      ParquetFile file = new ParquetFile(schema, Set.of(), scratch);
      for (GenericRecord row : rows) {
        file.append(row);
      }
      file.finish();
      ByteBuffer content = ByteBuffer.allocate((int) file.bytes());
      file.content().read(0, content);
      file.discard();
      return content.array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
