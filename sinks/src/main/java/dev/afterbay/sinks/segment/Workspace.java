package dev.afterbay.sinks.segment;

import dev.afterbay.sinks.toparquet.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/** What the segments of a process share of this machine: a folder, and the memory. */
public final class Workspace {
  /** Parts of uploads that are in memory at once; each is a copy of what a scratch file holds. */
  private static final int PARTS_AT_ONCE = 4;

  private final Path scratch;
  private final LongSupplier rowGroupBytes;
  private final Semaphore parts = new Semaphore(PARTS_AT_ONCE, true);

  /**
   * A workspace whose memory is shared out.
   *
   * @param scratch the folder for what does not stay in memory
   * @param rowGroupBytes how large a row group of the next file may become
   */
  public Workspace(Path scratch, LongSupplier rowGroupBytes) {
    this.scratch = scratch;
    this.rowGroupBytes = rowGroupBytes;
  }

  /** A workspace for few segments, whose files get the largest row groups. */
  public static Workspace in(Path scratch) {
    return new Workspace(scratch, () -> ParquetFile.LARGEST_ROW_GROUP);
  }

  ParquetFile newFile(LakeTable table) throws IOException {
    return new ParquetFile(
        table.schema(), table.plainColumns(), scratch, rowGroupBytes.getAsLong());
  }

  /** Does something with a part of a file in memory, when it is this part's turn. */
  <T> T withPart(PartAction<T> action) throws IOException {
    parts.acquireUninterruptibly();
    try {
      return action.run();
    } finally {
      parts.release();
    }
  }

  /** What is done with a part. */
  @FunctionalInterface
  interface PartAction<T> {
    T run() throws IOException;
  }
}
