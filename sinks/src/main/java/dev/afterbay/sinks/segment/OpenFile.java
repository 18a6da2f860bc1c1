package dev.afterbay.sinks.segment;

import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.sinks.toparquet.SpillBuffer;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadedPart;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** One data file of a segment: the rows of one table of the lake in one hour. */
final class OpenFile {
  /** The least that S3 takes of every part but the last. */
  static final int PART_BYTES = 5 * 1024 * 1024;

  private final LakeTable table;
  private final String partition;
  private final Workspace workspace;
  private final ParquetFile parquet;
  private final SequenceNumber first;
  private SequenceNumber last;

  OpenFile(LakeTable table, String partition, SequenceNumber first, Workspace workspace)
      throws IOException {
    this.table = table;
    this.partition = partition;
    this.first = first;
    this.last = first;
    this.workspace = workspace;
    this.parquet = workspace.newFile(table);
  }

  LakeTable table() {
    return table;
  }

  boolean takes(LakeTable rowTable, String rowPartition) {
    return partition.equals(rowPartition) && table.schemaVersion() == rowTable.schemaVersion();
  }

  void append(SequenceNumber position, GenericRecord row) throws IOException {
    parquet.append(row);
    last = position;
  }

  long bytes() {
    return parquet.bytes();
  }

  long memory() {
    return parquet.memory();
  }

  void finish() throws IOException {
    parquet.finish();
  }

  void discard() throws IOException {
    parquet.discard();
  }

  /** The key under which the file will stand: its name tells its range and its commit. */
  ObjectKey key(Lake lake, StreamShard shard, String tag) {
    String name = shard.shard() + "-" + first + "-" + last + "-" + tag + ".parquet";
    return lake.dataFile(shard.table(), table, partition, name);
  }

  StagedFile upload(ObjectStore store, ObjectKey key, UploadId id) throws IOException {
    parquet.finish();
    SpillBuffer content = parquet.content();
    List<UploadedPart> parts = new ArrayList<>();
    for (long offset = 0; offset < content.size(); offset += PART_BYTES) {
      long start = offset;
      int number = parts.size() + 1;
      parts.add(workspace.withPart(() -> store.uploadPart(key, id, number, part(content, start))));
    }
    return new StagedFile(new StagedUpload(key, id, parts), parquet.rows());
  }

  private static ByteBuffer part(SpillBuffer content, long offset) throws IOException {
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART_BYTES, content.size() - offset));
    content.read(offset, part);
    return part.flip();
  }
}
