package dev.afterbay.reconciliation.measured;

import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.CopyAnswer;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadState;
import dev.afterbay.sinks.tostorage.UploadedPart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Objects as the files of a folder, for one writer whose requests never fail. It counts what is
 * fetched.
 */
final class FolderStore implements ObjectStore {
  private final Path root;
  private final LongAdder dataBytes = new LongAdder();

  FolderStore(Path root) {
    this.root = root;
  }

  Path path(ObjectKey key) {
    return root.resolve(key.value());
  }

  /** How many bytes of Parquet files were handed out by now. */
  long dataBytes() {
    return dataBytes.sum();
  }

  private byte[] counted(ObjectKey key, byte[] content) {
    if (key.value().endsWith(".parquet")) {
      dataBytes.add(content.length);
    }
    return content;
  }

  private Path path(UploadId upload) {
    return root.resolve(".uploads").resolve(upload.value());
  }

  private interface Disk<T> {
    T use() throws IOException;
  }

  private static <T> T on(Disk<T> disk) {
    try {
      return disk.use();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PutAnswer putIfAbsent(ObjectKey key, byte[] content) {
    if (Files.exists(path(key))) {
      return new PutAnswer.Occupied();
    }
    return on(
        () -> {
          Files.createDirectories(path(key).getParent());
          Files.write(path(key), content);
          return new PutAnswer.Created();
        });
  }

  @Override
  public Optional<byte[]> get(ObjectKey key) {
    return head(key).map(object -> counted(key, on(() -> Files.readAllBytes(path(key)))));
  }

  @Override
  public Optional<byte[]> get(ObjectKey key, long offset, int length) {
    return head(key)
        .map(
            object ->
                on(
                    () -> {
                      byte[] content = new byte[length];
                      try (RandomAccessFile file = new RandomAccessFile(path(key).toFile(), "r")) {
                        file.seek(offset);
                        file.readFully(content);
                      }
                      return counted(key, content);
                    }));
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return Files.isRegularFile(path(key))
        ? Optional.of(new StoredObject(key, on(() -> Files.size(path(key)))))
        : Optional.empty();
  }

  @Override
  public Stream<StoredObject> list(String prefix, String startAfter) {
    return on(
        () -> {
          try (Stream<Path> files = Files.walk(root)) {
            return files
                .filter(Files::isRegularFile)
                .map(file -> root.relativize(file).toString())
                .filter(key -> key.startsWith(prefix) && key.compareTo(startAfter) > 0)
                .sorted()
                .toList()
                .stream()
                .flatMap(key -> head(new ObjectKey(key)).stream());
          }
        });
  }

  @Override
  public UploadId begin(ObjectKey key) {
    return new UploadId(UUID.randomUUID().toString());
  }

  @Override
  public UploadedPart uploadPart(ObjectKey key, UploadId upload, int number, ByteBuffer content) {
    int size = content.remaining();
    return on(
        () -> {
          Files.createDirectories(path(upload).getParent());
          try (FileChannel file =
              FileChannel.open(
                  path(upload), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer rest = content.duplicate();
            while (rest.hasRemaining()) {
              file.write(rest);
            }
          }
          return new UploadedPart(number, "etag-" + number, "crc", size);
        });
  }

  @Override
  public CompleteAnswer complete(StagedUpload staged) {
    return on(
        () -> {
          Files.createDirectories(path(staged.key()).getParent());
          Files.move(path(staged.upload()), path(staged.key()));
          return new CompleteAnswer.Completed();
        });
  }

  @Override
  public void abort(ObjectKey key, UploadId upload) {
    on(() -> Files.deleteIfExists(path(upload)));
  }

  @Override
  public CopyAnswer copy(ObjectKey from, ObjectKey to) {
    throw new UnsupportedOperationException("Nothing measured copies");
  }

  @Override
  public void delete(ObjectKey key) {
    throw new UnsupportedOperationException("Nothing measured deletes");
  }

  @Override
  public UploadState stateOf(ObjectKey key, UploadId upload) {
    return Files.exists(path(upload)) ? UploadState.STAGED : UploadState.GONE;
  }
}
