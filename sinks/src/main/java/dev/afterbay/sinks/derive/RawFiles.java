package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.commit.VisibleFiles;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** The rows of raw files, each of which is copied to this machine while it is read. */
final class RawFiles {
  private static final int CHUNK = 8 << 20;

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
        copy(file, copy);
        reader.read(copy, schema, rows);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The file '" + file.key() + "' cannot be read", e);
    }
  }

  private void copy(StagedFile file, Path copy) throws IOException {
    try (OutputStream out = Files.newOutputStream(copy)) {
      long size = VisibleFiles.of(store, file).size();
      for (long at = 0; at < size; at += CHUNK) {
        int length = (int) Math.min(CHUNK, size - at);
        Optional<byte[]> bytes = store.get(file.key(), at, length);
        out.write(
            bytes.orElseThrow(
                () -> new LakeException("The file '" + file.key() + "' is gone; run fsck")));
      }
    }
  }
}
