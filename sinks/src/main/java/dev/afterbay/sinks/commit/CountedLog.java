package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A log that no shard feeds: its positions are a plain count, and whoever writes to it knows all
 * that it holds.
 *
 * <p>Exactly once, by the commit log alone: (1) Open the log; it stands at P, and all that it names
 * is visible. (2) Read what the entries up to P hold. (3) Commit others after P. A second process
 * that does the same reads the same P, and the store lets one of the two entries through; the other
 * starts again at (1). Whoever dies leaves an entry or none, and (1) publishes it.
 */
public final class CountedLog {
  /** Each loss is another's progress; so many in a row are no accident. */
  private static final int MOST_ATTEMPTS = 20;

  private final ShardLog log;
  private final List<Entry> entries;

  private CountedLog(ShardLog log, List<Entry> entries) {
    this.log = log;
    this.entries = List.copyOf(entries);
  }

  /**
   * Recovers and opens a log, and reads all of its entries.
   *
   * @param name of the log; its shard's name is none of a stream
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if the log is damaged, cannot be recovered, or others write to it without
   *     end
   */
  public static CountedLog open(
      ObjectStore store, Lake lake, Workspace workspace, InstantSource clock, StreamShard name) {
    CommitLog logs = new CommitLog(store, lake, workspace, clock);
    LogEntries reading = new LogEntries(store, lake);
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      ShardLog log = opened(logs, name);
      List<Entry> entries = read(reading, name);
      SequenceNumber end = entries.isEmpty() ? Entry.START : entries.get(entries.size() - 1).last();
      SequenceNumber position = log.cursor().position().orElse(Entry.START);
      if (position.isAfter(end)) {
        throw new LakeException("The log of " + name + " has a hole after " + end + "; run fsck");
      }
      // If it is longer by now, another process has committed since it was opened.
      if (position.equals(end)) {
        return new CountedLog(log, entries);
      }
    }
    throw new LakeException(
        "Other processes write to the log of "
            + name
            + " at the same time; let them finish, then repeat the command");
  }

  /**
   * All entries of a log as it stands, without recovering or changing it.
   *
   * @throws ObjectStoreException if the store gives no answer
   * @throws LakeException if an entry cannot be read
   */
  public static List<Entry> read(LogEntries log, StreamShard name) {
    List<Entry> entries = new ArrayList<>();
    SequenceNumber end = Entry.START;
    Observed<Entry> seen = log.read(name, end);
    while (seen instanceof Observed.Present<Entry> present) {
      entries.add(present.value());
      if (present.value().ends()) {
        return entries;
      }
      end = present.value().last();
      seen = log.read(name, end);
    }
    if (seen instanceof Observed.Unreadable<Entry> unreadable) {
      throw new LakeException(
          "The log of " + name + " is damaged: " + unreadable.why() + "; run fsck");
    }
    if (seen instanceof Observed.Unanswered<Entry> unanswered) {
      throw new ObjectStoreException(
          ObjectStoreException.Kind.UNAVAILABLE,
          "The log of " + name + " cannot be read now: " + unanswered.why());
    }
    return entries;
  }

  /** The cursor after one more record, whose row tells where it came from. */
  public static ShardCursor next(ShardCursor cursor, Instant time, String content) {
    BigInteger count =
        cursor.position().map(last -> new BigInteger(last.padded())).orElse(BigInteger.ZERO);
    return cursor
        .accept(
            SequenceNumber.parse(count.add(BigInteger.ONE).toString()), Optional.of(time), content)
        .orElseThrow()
        .cursor();
  }

  /**
   * Whether a commit came about; if not, another process committed first.
   *
   * @param name of the log
   * @throws LakeException if it was halted
   */
  public static boolean isCommitted(StreamShard name, Outcome outcome) {
    if (outcome instanceof Outcome.Halted halted) {
      throw new LakeException(
          "The commit to "
              + name
              + " was halted ("
              + halted.halt()
              + "): "
              + halted.reason()
              + "; repeat the command, which goes on from what is committed");
    }
    return outcome instanceof Outcome.Committed;
  }

  /** The log, to commit to. */
  public ShardLog log() {
    return log;
  }

  /** What stood in it when it was opened. */
  public List<Entry> entries() {
    return entries;
  }

  /** How many records stood in it when it was opened. */
  public long records() {
    return entries.stream().mapToLong(Entry::records).sum();
  }

  /** The files that it named when it was opened. */
  public List<StagedFile> files() {
    return entries.stream().flatMap(entry -> entry.files().stream()).toList();
  }

  private static ShardLog opened(CommitLog logs, StreamShard name) {
    return logs.open(name).orRefuse(name, "");
  }
}
