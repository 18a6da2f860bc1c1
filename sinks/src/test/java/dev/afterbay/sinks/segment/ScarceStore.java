package dev.afterbay.sinks.segment;

import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.CopyAnswer;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadState;
import dev.afterbay.sinks.tostorage.UploadedPart;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/** A store that takes only so many parts. */
final class ScarceStore implements ObjectStore {
  private final ObjectStore store;
  private int partsLeft;

  ScarceStore(ObjectStore store, int parts) {
    this.store = store;
    this.partsLeft = parts;
  }

  @Override
  public UploadedPart uploadPart(ObjectKey key, UploadId upload, int number, ByteBuffer content) {
    if (partsLeft-- <= 0) {
      throw new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, "full");
    }
    return store.uploadPart(key, upload, number, content);
  }

  @Override
  public PutAnswer putIfAbsent(ObjectKey key, byte[] content) {
    return store.putIfAbsent(key, content);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key) {
    return store.get(key);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key, long offset, int length) {
    return store.get(key, offset, length);
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return store.head(key);
  }

  @Override
  public Stream<StoredObject> list(String prefix, String startAfter) {
    return store.list(prefix, startAfter);
  }

  @Override
  public UploadId begin(ObjectKey key) {
    return store.begin(key);
  }

  @Override
  public CompleteAnswer complete(StagedUpload upload) {
    return store.complete(upload);
  }

  @Override
  public void abort(ObjectKey key, UploadId upload) {
    store.abort(key, upload);
  }

  @Override
  public CopyAnswer copy(ObjectKey from, ObjectKey to) {
    return store.copy(from, to);
  }

  @Override
  public void delete(ObjectKey key) {
    store.delete(key);
  }

  @Override
  public UploadState stateOf(ObjectKey key, UploadId upload) {
    return store.stateOf(key, upload);
  }
}
