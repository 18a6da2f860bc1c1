package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.sinks.toparquet.SpillBuffer;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadedPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** The source's rows as Parquet files in a bucket, visible as soon as each is full. */
final class SourceFiles {
  /** What an engine reads in one piece of work or a few. */
  private static final long FULL = 128L << 20;

  private static final int PART_BYTES = 8 << 20;

  private final ObjectStore store;
  private final String prefix;
  private final Path scratch;
  private final Schema schema = SourceTable.schema();
  private ParquetFile file;
  private int files;

  /**
   * No files yet.
   *
   * @param prefix of their keys
   * @param scratch a folder for the file in the making
   */
  SourceFiles(ObjectStore store, String prefix, Path scratch) {
    this.store = store;
    this.prefix = prefix;
    this.scratch = scratch;
    this.file = create();
  }

  /** Adds a row. */
  void add(List<String> key, String digest) {
    GenericData.Record row = new GenericData.Record(schema);
    for (int i = 0; i < key.size(); i++) {
      row.put(i, key.get(i));
    }
    row.put("digest", digest);
    try {
      file.append(row);
    } catch (IOException e) {
      throw failed(e);
    }
    if (file.bytes() >= FULL) {
      put();
      file = create();
    }
  }

  /** Makes all rows visible; of no rows there is a file too. */
  void end() {
    put();
  }

  /** Frees what the file in the making holds. */
  void discard() {
    try {
      file.discard();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private ParquetFile create() {
    try {
      return new ParquetFile(schema, Set.of("k1", "k2", "digest"), scratch);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void put() {
    ObjectKey key = new ObjectKey(prefix + "%06d.parquet".formatted(++files));
    try {
      file.finish();
      SpillBuffer content = file.content();
      UploadId upload = store.begin(key);
      List<UploadedPart> parts = new ArrayList<>();
      for (long offset = 0; offset < content.size(); offset += PART_BYTES) {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART_BYTES, content.size() - offset));
        content.read(offset, part);
        parts.add(store.uploadPart(key, upload, parts.size() + 1, part.flip()));
      }
      if (!(store.complete(new StagedUpload(key, upload, parts))
              instanceof CompleteAnswer.Completed)
          && store.head(key).isEmpty()) {
        throw new ObjectStoreException(
            ObjectStoreException.Kind.UNAVAILABLE,
            "It is not known whether the file '" + key + "' was put; repeat the audit");
      }
      file.discard();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("Could not write the source's rows to this machine", e);
  }
}
