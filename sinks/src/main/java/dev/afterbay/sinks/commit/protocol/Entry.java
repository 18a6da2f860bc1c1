package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.Span;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One commit: an entry of a shard's log, which stands under the position that it starts after.
 *
 * @param id of the commit
 * @param shard whose log it is in
 * @param parent the shard that this one continues; empty if it continues none that we read
 * @param epoch how often the log was rewound before it
 * @param after the position before its first record: the {@code last} of the entry before, or
 *     {@link #START}
 * @param span its records; empty only if it is a gap or a rewind, or does nothing but end the shard
 * @param gap what it says is lost; empty for an ordinary entry
 * @param rewind what it takes back; empty for an ordinary entry
 * @param ending whether more can follow
 * @param cursor the shard's cursor after it, with the running digest and the lineage's count
 * @param totals of the shard, this entry included
 * @param committedAt by the writer's clock
 * @param schemas the schema version of each table that its records were looked at for, by the
 *     table's folder, whether they have rows there or not
 * @param files that hold its rows
 */
public record Entry(
    CommitId id,
    StreamShard shard,
    Optional<ShardId> parent,
    int epoch,
    SequenceNumber after,
    Optional<Span> span,
    Optional<Gap> gap,
    Optional<Rewind> rewind,
    Ending ending,
    ShardCursor cursor,
    Totals totals,
    Instant committedAt,
    Map<String, Integer> schemas,
    List<StagedFile> files) {
  /** The position before the first record of a shard. */
  public static final SequenceNumber START = new SequenceNumber("0".repeat(SequenceNumber.DIGITS));

  /** Whether more entries can follow one. */
  public enum Ending {
    /** The shard goes on. */
    OPEN,
    /** The shard has ended: this is the last entry of its log. */
    SHARD_END
  }

  /** Checks that the parts of the entry agree. */
  public Entry {
    schemas = Map.copyOf(new TreeMap<>(schemas));
    files = List.copyOf(files);
    if (rewind.isPresent()) {
      if (span.isPresent() || gap.isPresent() || ending != Ending.OPEN || !files.isEmpty()) {
        throw new IllegalArgumentException(
            "Commit " + id + " of " + shard + " is a rewind, and so can be nothing else");
      }
    } else if (gap.isPresent()) {
      checkGap(id, shard, after, span, gap.get(), ending);
    } else if (span.isEmpty() && (ending == Ending.OPEN || !files.isEmpty())) {
      throw new IllegalArgumentException(
          "Commit " + id + " of " + shard + " has no records and does not end the shard");
    }
    if (span.isPresent() && !span.get().first().isAfter(after)) {
      throw new IllegalArgumentException(
          "Commit %s of %s starts after %s with %s"
              .formatted(id, shard, after, span.get().first()));
    }
    SequenceNumber last = last(after, span, gap, rewind);
    if (!cursor.position().orElse(START).equals(last)) {
      throw new IllegalArgumentException(
          "Commit %s of %s ends at %s, but its cursor stands at %s"
              .formatted(id, shard, last, cursor.position().orElse(START)));
    }
  }

  /**
   * The position after it: its last record; the place before the first record after a gap; where a
   * rewind has the log go on; or where it started if it only ends the shard.
   */
  public SequenceNumber last() {
    return last(after, span, gap, rewind);
  }

  /** The epoch of what follows it. */
  public int nextEpoch() {
    return rewind.isPresent() ? epoch + 1 : epoch;
  }

  /**
   * The position after which a rewind that takes it back stands: where another writer would commit;
   * after the end of a shard nobody does, and an end without records has that place itself.
   */
  public SequenceNumber following() {
    return ends() ? last().next() : last();
  }

  /** Where it stands. */
  public CommitPlace place() {
    return new CommitPlace(shard, epoch, after);
  }

  /** How many records it holds. */
  public long records() {
    return span.map(Span::records).orElse(0L);
  }

  /** Whether it is the last entry of its shard. */
  public boolean ends() {
    return ending == Ending.SHARD_END;
  }

  /** The position after an entry with these parts. */
  public static SequenceNumber last(
      SequenceNumber after, Optional<Span> span, Optional<Gap> gap, Optional<Rewind> rewind) {
    return span.map(Span::last)
        .or(() -> gap.flatMap(Gap::before).map(SequenceNumber::previous))
        .or(() -> rewind.map(Rewind::resume))
        .orElse(after);
  }

  private static void checkGap(
      CommitId id,
      StreamShard shard,
      SequenceNumber after,
      Optional<Span> span,
      Gap gap,
      Ending ending) {
    boolean ends = ending == Ending.SHARD_END;
    if (span.isPresent() || gap.before().isPresent() == ends) {
      throw new IllegalArgumentException(
          "Commit "
              + id
              + " of "
              + shard
              + " is a gap: it has no records, and ends the shard exactly if no record follows");
    }
    if (gap.before().filter(before -> !before.previous().isAfter(after)).isPresent()) {
      throw new IllegalArgumentException(
          "Commit %s of %s is a gap between %s and %s, where nothing can be missing"
              .formatted(id, shard, after, gap.before().get()));
    }
  }
}
