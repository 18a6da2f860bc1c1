package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.toparquet.ParquetFile;
import java.util.HashSet;
import java.util.Set;

/**
 * The memory that the open segments of a process may take together. Past it the largest of them is
 * committed early, by its own pipeline, at that pipeline's next turn; nobody waits for anybody.
 *
 * <p>Any thread may use it.
 */
public final class MemoryBudget {
  /**
   * Segments get a quarter of the heap, and what they do not take buffers may that wait to be used
   * again. A young generation takes a third of the heap, pages on their way a sixty-fourth, and
   * libraries, parts of uploads and what a record becomes on its way the rest.
   */
  private static final int SHARE_OF_HEAP = 4;

  private static final long LEAST = 8L * 1024 * 1024;
  private static final long LEAST_ROW_GROUP = 1024 * 1024;

  /** One hot shard does not hold more in memory, however few others there are. */
  private static final int LEAST_FILES = 4;

  private final long limit;
  private final Set<Share> shares = new HashSet<>();
  private long early;

  MemoryBudget(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A budget of " + limit + " bytes holds no segment");
    }
    this.limit = limit;
  }

  /** The budget of this process, from the heap that it may use. */
  public static MemoryBudget ofThisProcess() {
    return new MemoryBudget(Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  }

  /** How large a row group of the next file may become, so that every file has room for one. */
  public synchronized long rowGroupBytes() {
    long files = shares.stream().mapToLong(share -> share.files).sum();
    long fair = limit / Math.max(LEAST_FILES, files);
    return Math.max(LEAST_ROW_GROUP, Math.min(ParquetFile.LARGEST_ROW_GROUP, fair));
  }

  /**
   * The share of one more pipeline's segment.
   *
   * @param files that it writes at once
   */
  synchronized Share open(int files) {
    Share share = new Share(files);
    shares.add(share);
    return share;
  }

  /** The limit, in bytes. */
  long limit() {
    return limit;
  }

  /** How often a segment was to be committed early. */
  synchronized long early() {
    return early;
  }

  /**
   * Names segments to be committed until what stays is within the limit: the largest first, so that
   * as few and as large files as possible come of it.
   */
  private void relieve() {
    long staying = shares.stream().filter(share -> !share.due).mapToLong(s -> s.bytes).sum();
    while (staying > limit) {
      Share largest = null;
      for (Share share : shares) {
        if (!share.due && (largest == null || share.bytes > largest.bytes)) {
          largest = share;
        }
      }
      if (largest == null) {
        return;
      }
      largest.due = true;
      early++;
      staying -= largest.bytes;
    }
  }

  /**
   * Past a limit and a half, whoever comes commits its own segment: those named are slow to go. One
   * far below the average would give nearly nothing for its commit, and is left.
   */
  private boolean pressing(Share asking) {
    long held = shares.stream().mapToLong(share -> share.bytes).sum();
    return held > limit + limit / 2 && asking.bytes >= limit / (4L * shares.size());
  }

  /** What one pipeline's segment takes. */
  final class Share implements AutoCloseable {
    private final int files;
    private long bytes;
    private boolean due;

    private Share(int files) {
      this.files = files;
    }

    /**
     * Tells what the segment takes now.
     *
     * @return whether it is to be committed early
     */
    boolean mustGoAt(long now) {
      synchronized (MemoryBudget.this) {
        bytes = now;
        relieve();
        if (!due && pressing(this)) {
          due = true;
          early++;
        }
        return due;
      }
    }

    /** The segment is gone; the next one starts from nothing. */
    void emptied() {
      synchronized (MemoryBudget.this) {
        bytes = 0;
        due = false;
      }
    }

    /** The pipeline is gone. */
    @Override
    public void close() {
      synchronized (MemoryBudget.this) {
        emptied();
        shares.remove(this);
      }
    }
  }
}
