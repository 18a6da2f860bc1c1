package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.toparquet.ParquetFooter;
import dev.afterbay.sinks.toparquet.ParquetFooter.Chunk;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Copies of Parquet files that hold some of their columns: sparse files of the full size, of which
 * the rest was never fetched. Whoever reads no other columns sees no difference.
 */
public final class PrunedFiles {
  /** A hole that costs less to fetch than a request of its own. */
  private static final long SMALL_HOLE = 64 * 1024;

  private static final int LARGEST_GET = 8 * 1024 * 1024;
  private static final int GETS_AT_ONCE = 6;

  private final ObjectStore store;
  private final AtomicLong bytes = new AtomicLong();

  /** Copies from a store. */
  public PrunedFiles(ObjectStore store) {
    this.store = store;
  }

  /** A run of bytes that is wanted. */
  private record Run(long offset, long length) {
    long end() {
      return offset + length;
    }
  }

  /**
   * A copy of a file.
   *
   * @param path of the copy
   * @param file that was copied
   * @param columns that the copy holds
   * @param layout of the file
   */
  public record Copy(
      Path path, StoredObject file, Set<String> columns, ParquetFooter.Layout layout) {
    /** Copies the columns. */
    public Copy {
      columns = Set.copyOf(columns);
    }
  }

  /**
   * Copies files into a folder, named by their place in the list.
   *
   * @param columns the names of the wanted ones; a file need not have all of them
   * @return the copies, in the order of the files
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if a file is none of Parquet, or vanishes
   * @throws UncheckedIOException if this machine's disk fails
   */
  public List<Path> copy(List<StoredObject> files, Set<String> columns, Path folder) {
    return copyAsWanted(files, layout -> columns, folder).stream().map(Copy::path).toList();
  }

  /**
   * The same with columns that depend on what a file's footer tells.
   *
   * @param columns the names of the wanted ones
   * @return the copies, in the order of the files
   */
  public List<Copy> copyAsWanted(
      List<StoredObject> files, Function<ParquetFooter.Layout, Set<String>> columns, Path folder) {
    ExecutorService threads = Executors.newFixedThreadPool(GETS_AT_ONCE);
    try {
      Files.createDirectories(folder);
      List<CompletableFuture<Copy>> copies = new ArrayList<>();
      for (StoredObject file : files) {
        Path copy = folder.resolve("%08d.parquet".formatted(copies.size()));
        copies.add(CompletableFuture.supplyAsync(() -> copy(file, columns, copy), threads));
      }
      return copies.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** How many bytes were fetched by now. */
  public long bytes() {
    return bytes.get();
  }

  private Copy copy(
      StoredObject file, Function<ParquetFooter.Layout, Set<String>> wanted, Path copy) {
    try (FileChannel sparse =
        FileChannel.open(
            copy,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      AtomicLong tail = new AtomicLong(file.size());
      ParquetFooter.Layout layout =
          ParquetFooter.layout(
              file.size(),
              (offset, length) -> {
                tail.accumulateAndGet(offset, Math::min);
                return fetch(file, new Run(offset, length), sparse);
              });
      Set<String> columns = wanted.apply(layout);
      for (Run run : runs(layout.chunks(), columns)) {
        long end = Math.min(run.end(), tail.get());
        for (long at = run.offset(); at < end; at += LARGEST_GET) {
          fetch(file, new Run(at, Math.min(LARGEST_GET, end - at)), sparse);
        }
      }
      return new Copy(copy, file, columns, layout);
    } catch (IOException e) {
      throw new LakeException(
          "The file '" + file.key() + "' cannot be read: " + e.getMessage() + "; run fsck", e);
    }
  }

  private static List<Run> runs(List<Chunk> chunks, Set<String> columns) {
    List<Chunk> wanted =
        chunks.stream()
            .filter(chunk -> columns.contains(chunk.column()) && chunk.length() > 0)
            .sorted(Comparator.comparingLong(Chunk::offset))
            .toList();
    List<Run> runs = new ArrayList<>();
    for (Chunk chunk : wanted) {
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && chunk.offset() - last.end() < SMALL_HOLE) {
        long end = Math.max(last.end(), chunk.offset() + chunk.length());
        runs.set(runs.size() - 1, new Run(last.offset(), end - last.offset()));
      } else {
        runs.add(new Run(chunk.offset(), chunk.length()));
      }
    }
    return runs;
  }

  private byte[] fetch(StoredObject file, Run run, FileChannel sparse) {
    byte[] content =
        store
            .get(file.key(), run.offset(), (int) run.length())
            .orElseThrow(
                () -> new LakeException("The file '" + file.key() + "' vanished; run fsck"));
    bytes.addAndGet(content.length);
    try {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        sparse.write(rest, run.offset() + rest.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not copy a file of the lake to this machine", e);
    }
    return content;
  }
}
