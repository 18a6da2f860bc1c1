package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.FindLast;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.commit.protocol.PutEntry;
import dev.afterbay.sinks.commit.protocol.Rewind;
import dev.afterbay.sinks.commit.protocol.SetAside;
import dev.afterbay.sinks.commit.protocol.Totals;
import dev.afterbay.sinks.commit.protocol.Verdict;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Takes the logs of shards back, so that what was committed after a position is read again.
 *
 * <p>(1) <i>Begin</i>: put an entry that says so where the next commit would stand; of it and a
 * commit the store lets one through. (2) <i>Complete</i>: set the files aside of the entries that
 * count no more, and note that it is done. Between the two nobody opens the log, and both may be
 * repeated by anyone. A child is begun before its parent, and nothing is completed before all are
 * begun.
 */
public final class Rewinder {
  private final ObjectStore store;
  private final InstantSource clock;
  private final Supplier<CommitId> commitIds;
  private final LogEntries log;
  private final Driver driver;

  /** A rewinder of a lake's logs. */
  public Rewinder(ObjectStore store, Lake lake, InstantSource clock) {
    this(store, lake, clock, () -> new CommitId(UUID.randomUUID().toString()));
  }

  Rewinder(ObjectStore store, Lake lake, InstantSource clock, Supplier<CommitId> commitIds) {
    this.store = store;
    this.clock = clock;
    this.commitIds = commitIds;
    this.log = new LogEntries(store, lake);
    this.driver = new Driver(store, log);
  }

  /** What came of a beginning. */
  public enum Begun {
    /** The log is taken back; no writer can go on before that is completed. */
    BEGUN,
    /** Another process has changed the log since it was read: read it again. */
    CHANGED
  }

  /**
   * Reads a log.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if an entry cannot be read
   */
  public ShardHistory read(StreamShard shard) {
    return ShardHistory.read(log, shard);
  }

  /**
   * Whether a rewind of a shard's log was begun and is not complete.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   */
  public boolean isUnfinished(ShardHistory history) {
    return history.last().filter(this::isUnfinished).isPresent();
  }

  /**
   * Begins to take a log back. What is not visible of it yet is made so before: then no upload is
   * left that could bring a file back.
   *
   * @param history of the log, of which no rewind is unfinished
   * @param kept how many of its live entries stay
   * @param parent that the shard continues, if it has no entry yet
   * @param latest up to when the lake has the lineage, if no entry stays
   * @throws LakeException if it is not known what came of it, or must not be
   */
  public Begun begin(ShardHistory history, int kept, Optional<ShardId> parent, Instant latest) {
    Verdict recovered = driver.run(FindLast.toRecover(history.shard()));
    if (recovered instanceof Verdict.Halted halted) {
      return changedOrRefused(history.shard(), halted);
    }
    Optional<Entry> last =
        recovered instanceof Verdict.Recovered found ? Optional.of(found.last()) : Optional.empty();
    if (!last.map(Entry::place).equals(history.last().map(Entry::place))) {
      return Begun.CHANGED;
    }
    Verdict verdict = driver.run(new PutEntry(entry(history, kept, parent, latest)));
    if (verdict instanceof Verdict.Committed) {
      return Begun.BEGUN;
    }
    if (verdict instanceof Verdict.Superseded) {
      return Begun.CHANGED;
    }
    return changedOrRefused(history.shard(), (Verdict.Halted) verdict);
  }

  /**
   * Completes what was begun; does nothing if that is done.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if it is not known what came of it
   */
  public void complete(StreamShard shard) {
    Observed<Entry> last = driver.last(shard);
    if (!(last instanceof Observed.Present<Entry> present)) {
      throw new LakeException("The last entry of " + shard + " cannot be read now: " + last);
    }
    if (isUnfinished(present.value())
        && driver.run(SetAside.allOf(present.value())) instanceof Verdict.Halted halted) {
      throw refused(shard, halted);
    }
  }

  private boolean isUnfinished(Entry last) {
    return last.rewind().isPresent() && store.head(log.noteOf(last)).isEmpty();
  }

  private Entry entry(ShardHistory history, int kept, Optional<ShardId> parent, Instant latest) {
    List<Entry> live = history.live();
    List<Entry> tail = live.subList(kept, live.size());
    Optional<Entry> before = kept == 0 ? Optional.empty() : Optional.of(live.get(kept - 1));
    Optional<ShardId> continued = history.last().flatMap(Entry::parent).or(() -> parent);
    ShardCursor cursor =
        before.map(Entry::cursor).orElseGet(() -> beginning(tail, continued, latest));
    List<ObjectKey> files =
        tail.stream().flatMap(entry -> entry.files().stream()).map(StagedFile::key).toList();
    Rewind rewind =
        new Rewind(
            before.map(Entry::last).orElse(Entry.START),
            cursor.position().orElse(Entry.START),
            tail.size(),
            tail.stream().mapToLong(Entry::records).sum(),
            files);
    return new Entry(
        commitIds.get(),
        history.shard(),
        continued,
        history.last().map(Entry::nextEpoch).orElse(0),
        history.last().map(Entry::following).orElse(Entry.START),
        Optional.empty(),
        Optional.empty(),
        Optional.of(rewind),
        Entry.Ending.OPEN,
        cursor,
        before.map(Entry::totals).orElse(Totals.NONE),
        clock.instant(),
        Map.of(),
        List.of());
  }

  /**
   * A child begins where its parent ended. A shard that continues none begins at its first record:
   * were it read from wherever the stream begins by then, nobody would see what is missing.
   */
  private static ShardCursor beginning(List<Entry> tail, Optional<ShardId> parent, Instant latest) {
    ShardCursor start = ShardCursor.start();
    Optional<SequenceNumber> first =
        tail.stream().flatMap(entry -> entry.span().stream()).map(span -> span.first()).findFirst();
    return parent.isEmpty() && first.isPresent()
        ? start.skipTo(first.get().previous())
        : new ShardCursor(Optional.empty(), latest, 0, start.digest());
  }

  /** Whatever halts is refused, but for another process that takes the same log back. */
  private static Begun changedOrRefused(StreamShard shard, Verdict.Halted halted) {
    if (halted.halt() == Verdict.Halt.REWOUND) {
      return Begun.CHANGED;
    }
    throw refused(shard, halted);
  }

  private static LakeException refused(StreamShard shard, Verdict.Halted halted) {
    return new LakeException(
        "The log of " + shard + " cannot be rewound (" + halted.halt() + "): " + halted.reason());
  }
}
