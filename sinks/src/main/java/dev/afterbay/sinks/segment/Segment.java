package dev.afterbay.sinks.segment;

import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of one shard since its last commit, as data files on this machine. Only the newest
 * file of each table is being written: {@code cdc_time} never goes back, so an earlier hour is over
 * when a later one begins. Not safe for use by several threads.
 */
public final class Segment {
  private final StreamShard shard;
  private final ShardCursor start;
  private final Lake lake;
  private final Workspace workspace;
  private final InstantSource clock;
  private final Map<String, OpenFile> current = new LinkedHashMap<>();
  private final List<OpenFile> files = new ArrayList<>();
  private final Tallies.Counter tallies = new Tallies.Counter();
  private ShardCursor cursor;
  private @Nullable Span span;
  private @Nullable Instant oldest;
  private long closedBytes;
  private boolean usable = true;

  /**
   * An empty segment.
   *
   * @param shard that the records come from
   * @param start where the segment starts: the shard's last commit
   * @param lake that the files belong to
   * @param workspace that the files are made in
   * @param clock by which the segment's age is told
   */
  public Segment(
      StreamShard shard, ShardCursor start, Lake lake, Workspace workspace, InstantSource clock) {
    this.shard = shard;
    this.start = start;
    this.cursor = start;
    this.lake = lake;
    this.workspace = workspace;
    this.clock = clock;
  }

  /**
   * Adds one record.
   *
   * @param after the cursor after the record, as this segment's {@link #cursor()} gave it out
   * @param rows the record's rows, of any tables
   * @throws UncheckedIOException if this machine's disk fails; the segment is of no use then
   */
  public void append(ShardCursor after, List<LakeRow> rows) {
    SequenceNumber position = after.position().orElseThrow();
    if (after.records() != cursor.records() + 1
        || cursor.position().filter(before -> !position.isAfter(before)).isPresent()) {
      throw new IllegalArgumentException(
          "Record " + position + " does not follow " + cursor + " in the segment of " + shard);
    }
    refuseUnlessUsable();
    usable = false;
    Instant time = after.latest();
    try {
      for (LakeRow row : rows) {
        file(row, position).append(position, row.row());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write a segment of " + shard, e);
    }
    span = span == null ? Span.of(position, time) : span.plus(position, time);
    oldest = oldest == null ? clock.instant() : oldest;
    cursor = after;
    usable = true;
  }

  /** Counts something of the records that were added. */
  public void count(List<Tally> counted) {
    counted.forEach(tallies::add);
  }

  /**
   * Moves on without a record: the rows tell of what is missing. Nothing else may be in the
   * segment.
   *
   * @param after the position to go on from; the segment's own to stay where it is
   * @throws UncheckedIOException if this machine's disk fails; the segment is of no use then
   */
  public void skip(ShardCursor after, List<LakeRow> rows) {
    if (span != null || !files.isEmpty()) {
      throw new IllegalArgumentException("The segment of " + shard + " is not empty");
    }
    refuseUnlessUsable();
    usable = false;
    SequenceNumber position = after.position().orElse(SequenceNumber.parse("0"));
    try {
      for (LakeRow row : rows) {
        file(row, position).append(position, row.row());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write a segment of " + shard, e);
    }
    cursor = after;
    usable = true;
  }

  /** The shard that the records come from. */
  public StreamShard shard() {
    return shard;
  }

  /** Where the segment starts. */
  public ShardCursor start() {
    return start;
  }

  /** The cursor after the last record. */
  public ShardCursor cursor() {
    return cursor;
  }

  /** The run of records; empty if there are none. */
  public Optional<Span> span() {
    return Optional.ofNullable(span);
  }

  /** How many records there are. */
  public long records() {
    return span == null ? 0 : span.records();
  }

  /** The size of the files, in bytes; an estimate for those being written. */
  public long bytes() {
    long bytes = closedBytes;
    for (OpenFile file : current.values()) {
      bytes += file.bytes();
    }
    return bytes;
  }

  /** How much of the heap the files take now, in bytes. */
  public long memory() {
    long memory = 0;
    for (OpenFile file : files) {
      memory += file.memory();
    }
    return memory;
  }

  /** When the first record arrived, by the clock; empty if there is none. */
  public Optional<Instant> oldest() {
    return Optional.ofNullable(oldest);
  }

  /** What was counted. */
  public Tallies tallies() {
    return tallies.tallies();
  }

  /**
   * The newest schema version of each table that has rows here, or would have if its items were
   * among the records, by the table's folder.
   */
  public Map<String, Integer> schemas() {
    Map<String, Integer> versions = new TreeMap<>();
    files.forEach(file -> versions.putAll(file.table().beside()));
    files.forEach(file -> versions.put(file.table().folder(), file.table().schemaVersion()));
    return versions;
  }

  /**
   * Uploads every file without making any visible. If that fails, what was uploaded is dropped
   * again: no commit can name it yet.
   *
   * @param tag told in the files' names, so that no two commits share one
   * @throws ObjectStoreException if the store does not take the files
   * @throws UncheckedIOException if this machine's disk fails
   */
  public List<StagedFile> stage(ObjectStore store, String tag) {
    refuseUnlessUsable();
    Map<UploadId, ObjectKey> begun = new LinkedHashMap<>();
    List<StagedFile> staged = new ArrayList<>();
    try {
      for (OpenFile file : files) {
        ObjectKey key = file.key(lake, shard, tag);
        UploadId upload = store.begin(key);
        begun.put(upload, key);
        staged.add(file.upload(store, key, upload));
      }
    } catch (IOException e) {
      drop(store, begun);
      throw new UncheckedIOException("Could not read back a segment of " + shard, e);
    } catch (ObjectStoreException e) {
      drop(store, begun);
      throw e;
    }
    return staged;
  }

  /** Frees the memory and disk of the segment; it cannot be used afterwards. */
  public void discard() {
    usable = false;
    for (OpenFile file : files) {
      try {
        file.discard();
      } catch (IOException e) {
        // A scratch file has no name any more; the system frees it with the process at the latest.
      }
    }
    files.clear();
    current.clear();
  }

  private OpenFile file(LakeRow row, SequenceNumber position) throws IOException {
    LakeTable table = row.table();
    String partition = Lake.partition(table.partitioning(), row.time());
    OpenFile open = current.get(table.folder());
    if (open != null && open.takes(table, partition)) {
      return open;
    }
    if (open != null) {
      open.finish();
      closedBytes += open.bytes();
    }
    OpenFile next = new OpenFile(table, partition, position, workspace);
    current.put(table.folder(), next);
    files.add(next);
    return next;
  }

  private void refuseUnlessUsable() {
    if (!usable) {
      throw new IllegalStateException(
          "The segment of " + shard + " was discarded or failed; begin another from the log");
    }
  }

  /** Best effort: what stays is invisible, and the bucket's lifecycle rule removes it. */
  private static void drop(ObjectStore store, Map<UploadId, ObjectKey> begun) {
    begun.forEach(
        (upload, key) -> {
          try {
            store.abort(key, upload);
          } catch (ObjectStoreException e) {
            // The first failure is the one to tell.
          }
        });
  }
}
