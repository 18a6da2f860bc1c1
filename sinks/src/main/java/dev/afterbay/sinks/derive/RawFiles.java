package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.commit.VisibleFiles;
import dev.afterbay.sinks.segment.LocalCopy;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** The rows of raw files, each of which is copied to this machine while it is read. */
final class RawFiles {
  private final ObjectStore store;
  private final Path scratch;
  private final Schema schema;
  private final RawReader reader;

  RawFiles(ObjectStore store, Path scratch, Schema schema, RawReader reader) {
    this.store = store;
    this.scratch = scratch;
    this.schema = schema;
    this.reader = reader;
  }

  /** Whether the file can be seen. */
  boolean isVisible(StagedFile file) {
    return store.head(file.key()).isPresent();
  }

  /** Gives out the rows of a file that can be seen. */
  void read(StagedFile file, Consumer<GenericRecord> rows) {
    try {
      Path copy = Files.createTempFile(scratch, "raw-", ".parquet");
      try {
        reader.read(LocalCopy.of(store, VisibleFiles.of(store, file), copy), schema, rows);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The file '" + file.key() + "' cannot be read", e);
    }
  }
}
