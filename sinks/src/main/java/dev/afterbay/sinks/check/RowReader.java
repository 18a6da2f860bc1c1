package dev.afterbay.sinks.check;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Reads the rows of Parquet files. */
@FunctionalInterface
public interface RowReader {
  /**
   * Decodes all of a file, and gives out its rows in their order.
   *
   * @param file all of its bytes
   * @param schema of what is wanted of a row: columns of texts, bytes, booleans and times in
   *     microseconds, all of which the file has
   * @return how many rows there are
   * @throws IOException if it cannot be read to its end
   */
  long read(byte[] file, Schema schema, Consumer<GenericRecord> rows) throws IOException;
}
