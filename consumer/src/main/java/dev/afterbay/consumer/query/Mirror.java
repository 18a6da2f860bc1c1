package dev.afterbay.consumer.query;

import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A local copy of the lake's visible files and of its commit log. They never change once visible,
 * but for rows that are erased, so that name and size tell whether one is here already.
 */
final class Mirror {
  private static final int THREADS = 8;
  private static final int CHUNK = 8 << 20;
  private static final Object ONE_AT_A_TIME = new Object();

  private final ObjectStore store;
  private final Path root;

  /**
   * A mirror of what stands in the store.
   *
   * @param root the local directory, which belongs to the mirror
   */
  Mirror(ObjectStore store, Path root) {
    this.store = store;
    this.root = root;
  }

  /**
   * Makes local directories equal to what stands under prefixes.
   *
   * @param prefixes for each directory's name below the root, the prefix, with its closing slash
   */
  void refresh(Map<String, String> prefixes, Progress progress) {
    try {
      Files.createDirectories(root);
      // A lock of the file system holds between processes only.
      synchronized (ONE_AT_A_TIME) {
        try (FileChannel channel =
                FileChannel.open(
                    root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (lock.isValid()) {
            refreshLocked(prefixes, progress);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Downloads files into the root, which nobody else uses. Files that are not visible are left out.
   *
   * @return where they are now
   */
  List<Path> fetch(Collection<StagedFile> files, Progress progress) {
    Map<Path, StoredObject> missing = new LinkedHashMap<>();
    for (StagedFile file : files) {
      store
          .head(file.key())
          .ifPresent(
              visible ->
                  missing.put(root.resolve(missing.size() + "-" + file.key().name()), visible));
    }
    if (!missing.isEmpty()) {
      downloadAll(missing, progress);
    }
    return missing.keySet().stream().filter(Files::exists).toList();
  }

  /** Whether there is any file of data below a directory. */
  static boolean holdsFiles(Path directory) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(directory, 3)) {
      return files.anyMatch(file -> isData(file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isData(String name) {
    return name.endsWith(".parquet") || name.endsWith(".json");
  }

  private void refreshLocked(Map<String, String> prefixes, Progress progress) throws IOException {
    Map<Path, StoredObject> missing = new HashMap<>();
    for (Map.Entry<String, String> entry : prefixes.entrySet()) {
      Path directory = root.resolve(entry.getKey());
      Map<Path, StoredObject> wanted = wanted(directory, entry.getValue());
      keepOnly(directory, wanted);
      for (Map.Entry<Path, StoredObject> file : wanted.entrySet()) {
        if (!Files.exists(file.getKey())) {
          missing.put(file.getKey(), file.getValue());
        }
      }
    }
    if (!missing.isEmpty()) {
      progress.expect(
          missing.size(), missing.values().stream().mapToLong(StoredObject::size).sum());
      downloadAll(missing, progress);
    }
  }

  private Map<Path, StoredObject> wanted(Path directory, String prefix) {
    Map<Path, StoredObject> wanted = new HashMap<>();
    try (Stream<StoredObject> objects = store.list(prefix, "")) {
      objects.forEach(
          object -> {
            String name = object.key().value().substring(prefix.length());
            if (isData(name) && !name.matches("(.*/)?[._].*")) {
              wanted.put(directory.resolve(name), object);
            }
          });
    }
    return wanted;
  }

  /** Drops what the lake does not hold, and what a broken download left behind. */
  private static void keepOnly(Path directory, Map<Path, StoredObject> wanted) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        StoredObject object = wanted.get(file);
        if (object == null || object.size() != Files.size(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private void downloadAll(Map<Path, StoredObject> missing, Progress progress) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, missing.size()));
    try {
      List<Future<?>> downloads = new ArrayList<>();
      missing.forEach(
          (file, object) -> downloads.add(threads.submit(() -> download(file, object, progress))));
      for (Future<?> download : downloads) {
        download.get();
      }
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void download(Path file, StoredObject object, Progress progress) {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.createDirectories(part.resolveSibling(""));
      if (write(part, object, progress)) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an object piece by piece; false if it is gone meanwhile. */
  private boolean write(Path part, StoredObject object, Progress progress) throws IOException {
    try (OutputStream out = Files.newOutputStream(part)) {
      for (long at = 0; at < object.size(); at += CHUNK) {
        int length = (int) Math.min(CHUNK, object.size() - at);
        Optional<byte[]> bytes = store.get(object.key(), at, length);
        if (bytes.isEmpty()) {
          return false;
        }
        out.write(bytes.get());
        progress.arrived(length);
      }
    }
    return true;
  }
}
