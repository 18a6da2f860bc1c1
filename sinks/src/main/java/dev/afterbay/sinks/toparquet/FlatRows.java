package dev.afterbay.sinks.toparquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads the rows of tables whose columns hold no lists, maps or structures, such as the raw
 * changes. Parquet's own reader to Avro refuses key attributes with names that Avro would not give.
 */
public final class FlatRows {
  private FlatRows() {}

  /** What is done with a row. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes a row, which is its own from then on. */
    void visit(GenericRecord row);
  }

  /**
   * Gives out the rows of a file, in order, with one row group in memory at a time.
   *
   * @param file on this machine
   * @param schema of the rows, whose columns the file has
   * @throws IOException if the file cannot be read, is no Parquet file, or lacks a column
   */
  public static void read(Path file, Schema schema, Visitor visitor) throws IOException {
    ZstdCodecs codecs = new ZstdCodecs();
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(codecs)
            .build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      MessageType columns = reader.getFileMetaData().getSchema();
      refuseUnlessComplete(file, schema, columns);
      MessageColumnIO io = new ColumnIOFactory().getColumnIO(columns);
      Rows rows = new Rows(schema, columns);
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        RecordReader<GenericRecord> records = io.getRecordReader(group, rows);
        for (long left = group.getRowCount(); left > 0; left--) {
          visitor.visit(records.read());
        }
      }
    } catch (ParquetRuntimeException e) {
      throw new IOException("'" + file + "' is not a file of these rows: " + e.getMessage(), e);
    } finally {
      codecs.release();
    }
  }

  private static void refuseUnlessComplete(Path file, Schema schema, MessageType columns)
      throws IOException {
    Set<String> names = new HashSet<>();
    columns.getFields().forEach(field -> names.add(field.getName()));
    for (Schema.Field field : schema.getFields()) {
      if (!names.contains(field.name())) {
        throw new IOException("'" + file + "' has no column '" + field.name() + "'");
      }
    }
  }

  /** Makes one row after the other. */
  private static final class Rows extends RecordMaterializer<GenericRecord> {
    private final Schema schema;
    private final Converter[] converters;
    private GenericRecord row;

    Rows(Schema schema, MessageType columns) {
      this.schema = schema;
      this.row = new GenericData.Record(schema);
      List<Type> fields = columns.getFields();
      this.converters = new Converter[fields.size()];
      for (int i = 0; i < converters.length; i++) {
        Schema.Field field = schema.getField(fields.get(i).getName());
        converters[i] = field == null ? new Unwanted() : new Cell(field);
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

  /** A column that nobody asked for. */
  private static final class Unwanted extends PrimitiveConverter {
    @Override
    public void addBinary(Binary value) {}

    @Override
    public void addBoolean(boolean value) {}

    @Override
    public void addLong(long value) {}

    @Override
    public void addInt(int value) {}
  }

  private static boolean isText(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().anyMatch(FlatRows::isText)
        : schema.getType() == Schema.Type.STRING;
  }
}
