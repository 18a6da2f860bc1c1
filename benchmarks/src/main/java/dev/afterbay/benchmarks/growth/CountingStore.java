package dev.afterbay.benchmarks.growth;

import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.CopyAnswer;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadState;
import dev.afterbay.sinks.tostorage.UploadedPart;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A store in memory that counts requests as S3 bills them: a list has a thousand keys. */
final class CountingStore implements ObjectStore {
  private static final int KEYS_OF_A_LIST = 1_000;

  private final MemoryObjectStore store = new MemoryObjectStore();
  private long lists;
  private long reads;
  private long writes;

  /** Requests so far. */
  record Requests(long lists, long reads, long writes) {
    Requests since(Requests before) {
      return new Requests(lists - before.lists, reads - before.reads, writes - before.writes);
    }
  }

  Requests requests() {
    return new Requests(lists, reads, writes);
  }

  @Override
  public PutAnswer putIfAbsent(ObjectKey key, byte[] content) {
    writes++;
    return store.putIfAbsent(key, content);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key) {
    reads++;
    return store.get(key);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key, long offset, int length) {
    reads++;
    return store.get(key, offset, length);
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    reads++;
    return store.head(key);
  }

  @Override
  public Stream<StoredObject> list(String prefix, String startAfter) {
    String start = startAfter.compareTo(prefix) < 0 ? prefix : startAfter;
    List<StoredObject> all = store.list(prefix, start).toList();
    lists += Math.max(1, (all.size() + KEYS_OF_A_LIST - 1) / KEYS_OF_A_LIST);
    return all.stream();
  }

  @Override
  public UploadId begin(ObjectKey key) {
    writes++;
    return store.begin(key);
  }

  @Override
  public UploadedPart uploadPart(ObjectKey key, UploadId upload, int number, ByteBuffer content) {
    writes++;
    return store.uploadPart(key, upload, number, content);
  }

  @Override
  public CompleteAnswer complete(StagedUpload upload) {
    writes++;
    // The data is nobody's business here, and would fill the memory.
    store.abort(upload.key(), upload.upload());
    return new CompleteAnswer.Completed();
  }

  @Override
  public void abort(ObjectKey key, UploadId upload) {
    store.abort(key, upload);
  }

  @Override
  public CopyAnswer copy(ObjectKey from, ObjectKey to) {
    writes++;
    return store.copy(from, to);
  }

  @Override
  public void delete(ObjectKey key) {
    store.delete(key);
  }

  @Override
  public UploadState stateOf(ObjectKey key, UploadId upload) {
    reads++;
    return store.stateOf(key, upload);
  }
}
