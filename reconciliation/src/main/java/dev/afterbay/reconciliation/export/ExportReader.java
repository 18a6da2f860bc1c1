package dev.afterbay.reconciliation.export;

import dev.afterbay.sinks.tostorage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads the files of exports, piece by piece. What is wrong with a file is only sure at its end: a
 * visitor's effects count once {@code read} has returned, or the file is verified first.
 *
 * <p>Has no state of its own: one reader serves any threads.
 */
public final class ExportReader {
  private static final int GUNZIP_BUFFER = 64 * 1024;

  private final ObjectStore store;

  /** A reader of the bucket to which the exports were made. */
  public ExportReader(ObjectStore store) {
    this.store = store;
  }

  /**
   * Compares a file with its checksum, without looking into it.
   *
   * @return the file's bytes, compressed
   * @throws ExportException if it is missing or damaged
   */
  public long verify(DataFile file) {
    ObjectInput input = new ObjectInput(store, file.key());
    verify(file, input);
    return input.size();
  }

  /**
   * Hands each line of a file to a visitor, in the file's order, and then checks the file's
   * checksum and its number of lines.
   *
   * @return the file's bytes, compressed
   * @throws ExportException if it is missing or damaged
   */
  public long read(DataFile file, LineVisitor visitor) {
    ObjectInput input = new ObjectInput(store, file.key());
    long lines = lines(file, input, visitor);
    verify(file, input);
    if (lines != file.items()) {
      throw Damage.of(
          file.key(), "has " + lines + " lines where the manifest tells of " + file.items());
    }
    return input.size();
  }

  /** Reads several files, one after the other. */
  public void readAll(List<DataFile> files, LineVisitor visitor, ExportProgress progress) {
    int number = 0;
    for (DataFile file : files) {
      number++;
      progress.read(file, number, files.size(), read(file, visitor));
    }
  }

  private static long lines(DataFile file, ObjectInput input, LineVisitor visitor) {
    long read = 0;
    try (Lines lines = new Lines(gunzip(input))) {
      while (lines.visitNext(visitor)) {
        read = lines.read();
      }
      return read;
    } catch (WrongLineException e) {
      verify(file, input);
      throw Damage.of(file.key(), "line " + (read + 1) + " " + e.getMessage());
    } catch (IOException e) {
      verify(file, input);
      throw Damage.of(
          file.key(), "cannot be read after line " + read + " (" + e.getMessage() + ")", e);
    }
  }

  /** A file without any bytes is what AWS writes for a partition without items. */
  private static InputStream gunzip(ObjectInput input) throws IOException {
    return input.size() == 0
        ? new ByteArrayInputStream(new byte[0])
        : new GZIPInputStream(input, GUNZIP_BUFFER);
  }

  /** A wrong checksum explains everything else that is wrong. */
  private static void verify(DataFile file, ObjectInput input) {
    String found = input.md5OfAll();
    if (!found.equals(file.md5Base64())) {
      throw Damage.checksum(file.key(), file.md5Base64(), found);
    }
  }
}
