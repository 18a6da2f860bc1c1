package dev.afterbay.sinks.derive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Reads files of raw changes and snapshots. */
@FunctionalInterface
public interface RawReader {
  /**
   * Gives out the rows of a file, in the order in which they stand there.
   *
   * @param file on this machine
   * @param schema of the rows
   * @throws IOException if the file cannot be read or has other columns
   */
  void read(Path file, Schema schema, Consumer<GenericRecord> rows) throws IOException;
}
