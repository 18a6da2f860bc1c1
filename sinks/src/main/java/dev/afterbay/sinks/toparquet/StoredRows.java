package dev.afterbay.sinks.toparquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The rows of a Parquet file, read back: every value is decoded, and the wanted ones are told. */
public final class StoredRows {
  private StoredRows() {}

  /**
   * Gives out the rows of a file in order.
   *
   * @param file all of it
   * @param schema of what is wanted of a row: columns of texts, bytes, booleans and longs; those
   *     that the file does not have are null
   * @return how many there are
   * @throws IOException if it cannot be read to its end
   */
  public static long read(byte[] file, Schema schema, Consumer<GenericRecord> rows)
      throws IOException {
    ZstdCodecs codecs = new ZstdCodecs();
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(codecs)
            .build();
    long count = 0;
    try (ParquetFileReader reader = ParquetFileReader.open(new BytesFile(file), options)) {
      MessageType columns = reader.getFileMetaData().getSchema();
      MessageColumnIO io = new ColumnIOFactory().getColumnIO(columns);
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        RecordReader<GenericRecord> records = io.getRecordReader(group, new Rows(schema, columns));
        for (long left = group.getRowCount(); left > 0; left--) {
          rows.accept(records.read());
          count++;
        }
      }
    } catch (RuntimeException e) {
      // What parquet-java throws of damaged bytes is of many kinds.
      throw new IOException("Row " + count + " cannot be read: " + e, e);
    } finally {
      codecs.release();
    }
    return count;
  }

  /** Makes one row after the other. */
  private static final class Rows extends RecordMaterializer<GenericRecord> {
    private final Schema schema;
    private final Converter[] converters;
    private GenericRecord row;

    Rows(Schema schema, MessageType columns) {
      this.schema = schema;
      this.row = new GenericData.Record(schema);
      this.converters = new Converter[columns.getFieldCount()];
      for (int i = 0; i < converters.length; i++) {
        Type column = columns.getType(i);
        Schema.Field field = schema.getField(column.getName());
        converters[i] = field == null || !column.isPrimitive() ? unwanted(column) : new Cell(field);
      }
    }

    @Override
    public GenericRecord getCurrentRecord() {
      return row;
    }

    @Override
    public GroupConverter getRootConverter() {
      return new GroupConverter() {
        @Override
        public Converter getConverter(int column) {
          return converters[column];
        }

        @Override
        public void start() {
          row = new GenericData.Record(schema);
        }

        @Override
        public void end() {}
      };
    }

    /** The values of one column. */
    private final class Cell extends PrimitiveConverter {
      private final int position;
      private final boolean isText;

      Cell(Schema.Field field) {
        this.position = field.pos();
        this.isText = isText(field.schema());
      }

      @Override
      public void addBinary(Binary value) {
        row.put(position, isText ? value.toStringUsingUTF8() : ByteBuffer.wrap(value.getBytes()));
      }

      @Override
      public void addBoolean(boolean value) {
        row.put(position, value);
      }

      @Override
      public void addLong(long value) {
        row.put(position, value);
      }
    }
  }

  /** What is decoded and dropped. */
  private static Converter unwanted(Type column) {
    if (column.isPrimitive()) {
      return new Unwanted();
    }
    GroupType group = column.asGroupType();
    Converter[] parts = new Converter[group.getFieldCount()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = unwanted(group.getType(i));
    }
    return new GroupConverter() {
      @Override
      public Converter getConverter(int part) {
        return parts[part];
      }

      @Override
      public void start() {}

      @Override
      public void end() {}
    };
  }

  private static final class Unwanted extends PrimitiveConverter {
    @Override
    public void addBinary(Binary value) {}

    @Override
    public void addBoolean(boolean value) {}

    @Override
    public void addDouble(double value) {}

    @Override
    public void addFloat(float value) {}

    @Override
    public void addInt(int value) {}

    @Override
    public void addLong(long value) {}
  }

  private static boolean isText(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().anyMatch(StoredRows::isText)
        : schema.getType() == Schema.Type.STRING;
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
