package dev.afterbay.sinks.tostorage;

import dev.afterbay.sinks.tostorage.ObjectStoreException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object store in memory, as strict as S3 in what the commit log relies on. It also offers what
 * the port does not: to damage what is stored.
 */
public final class MemoryObjectStore implements ObjectStore, Notices {
  private final TreeMap<String, byte[]> objects = new TreeMap<>();
  private final TreeMap<UploadId, Upload> uploads =
      new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
  private int nextUpload = 1;

  private record Upload(ObjectKey key, TreeMap<Integer, byte[]> parts) {}

  @Override
  public synchronized PutAnswer putIfAbsent(ObjectKey key, byte[] content) {
    return objects.putIfAbsent(key.value(), content.clone()) == null
        ? new PutAnswer.Created()
        : new PutAnswer.Occupied();
  }

  @Override
  public synchronized void post(ObjectKey key, byte[] content) {
    overwrite(key, content);
  }

  @Override
  public synchronized Optional<byte[]> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key.value())).map(byte[]::clone);
  }

  @Override
  public synchronized Optional<byte[]> get(ObjectKey key, long offset, int length) {
    byte[] content = objects.get(key.value());
    if (content == null) {
      return Optional.empty();
    }
    if (offset < 0 || length < 1 || offset + length > content.length) {
      throw new IllegalArgumentException(
          "Range "
              + offset
              + "+"
              + length
              + " is not within the "
              + content.length
              + " bytes of "
              + key);
    }
    return Optional.of(Arrays.copyOfRange(content, (int) offset, (int) offset + length));
  }

  @Override
  public synchronized Optional<StoredObject> head(ObjectKey key) {
    return Optional.ofNullable(objects.get(key.value()))
        .map(content -> new StoredObject(key, content.length));
  }

  @Override
  public synchronized Stream<StoredObject> list(String prefix, String startAfter) {
    return objects.tailMap(startAfter, false).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> new StoredObject(new ObjectKey(entry.getKey()), entry.getValue().length))
        .toList()
        .stream();
  }

  @Override
  public synchronized UploadId begin(ObjectKey key) {
    UploadId id = new UploadId("upload-%06d".formatted(nextUpload++));
    uploads.put(id, new Upload(key, new TreeMap<>()));
    return id;
  }

  @Override
  public synchronized UploadedPart uploadPart(
      ObjectKey key, UploadId id, int number, ByteBuffer content) {
    Upload upload = find(key, id);
    if (upload == null) {
      throw new ObjectStoreException(Kind.REFUSED, "No such upload: " + id + " of " + key);
    }
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    upload.parts().put(number, bytes);
    return part(number, bytes);
  }

  @Override
  public synchronized CompleteAnswer complete(StagedUpload staged) {
    Upload upload = find(staged.key(), staged.upload());
    if (upload == null) {
      return new CompleteAnswer.NoSuchUpload();
    }
    List<UploadedPart> present =
        upload.parts().entrySet().stream().map(e -> part(e.getKey(), e.getValue())).toList();
    if (!present.equals(staged.parts())) {
      return new CompleteAnswer.Unknown("InvalidPart: the store holds " + present);
    }
    if (present.stream().limit(present.size() - 1L).anyMatch(p -> p.size() < MIN_PART_BYTES)) {
      return new CompleteAnswer.Unknown("EntityTooSmall: a part is below " + MIN_PART_BYTES);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    upload.parts().values().forEach(content::writeBytes);
    objects.put(staged.key().value(), content.toByteArray());
    uploads.remove(staged.upload());
    return new CompleteAnswer.Completed();
  }

  @Override
  public synchronized void abort(ObjectKey key, UploadId id) {
    if (find(key, id) != null) {
      uploads.remove(id);
    }
  }

  @Override
  public synchronized UploadState stateOf(ObjectKey key, UploadId id) {
    return find(key, id) == null ? UploadState.GONE : UploadState.STAGED;
  }

  /** The uploads that still wait to be completed. */
  public synchronized Set<UploadId> uploads() {
    return Set.copyOf(uploads.keySet());
  }

  /** Every object with its content. */
  public synchronized Map<ObjectKey, byte[]> objects() {
    Map<ObjectKey, byte[]> copy = new TreeMap<>();
    objects.forEach((key, content) -> copy.put(new ObjectKey(key), content.clone()));
    return copy;
  }

  @Override
  public synchronized CopyAnswer copy(ObjectKey from, ObjectKey to) {
    byte[] content = objects.get(from.value());
    if (content == null) {
      return CopyAnswer.NO_SUCH_OBJECT;
    }
    objects.put(to.value(), content.clone());
    return CopyAnswer.COPIED;
  }

  @Override
  public synchronized void delete(ObjectKey key) {
    objects.remove(key.value());
  }

  /** Puts an object behind the log's back, over one that stands there. */
  public synchronized void overwrite(ObjectKey key, byte[] content) {
    objects.put(key.value(), content.clone());
  }

  private @Nullable Upload find(ObjectKey key, UploadId id) {
    Upload upload = uploads.get(id);
    return upload != null && upload.key().equals(key) ? upload : null;
  }

  private static UploadedPart part(int number, byte[] bytes) {
    String crc = Crc32.of(ByteBuffer.wrap(bytes));
    return new UploadedPart(number, '"' + crc + '-' + bytes.length + '"', crc, bytes.length);
  }
}
