package dev.afterbay.sinks.rewind;

import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.Span;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where one log is to be cut.
 *
 * @param history of the log
 * @param kept how many of its live entries stay
 * @param parent that the shard continues
 * @param latest up to when the lake has the lineage, if no entry stays
 */
public record Cut(ShardHistory history, int kept, Optional<ShardId> parent, Instant latest) {
  /** The entries that are set aside. */
  public List<Entry> tail() {
    return history.live().subList(kept, history.live().size());
  }

  /** The position that stays the last one; empty if nothing stays. */
  public Optional<SequenceNumber> position() {
    return kept == 0 ? Optional.empty() : Optional.of(history.live().get(kept - 1).last());
  }

  /** How many records are to be read again. */
  public long records() {
    return tail().stream().mapToLong(Entry::records).sum();
  }

  /** The files that are set aside. */
  public List<StagedFile> files() {
    return tail().stream().flatMap(entry -> entry.files().stream()).toList();
  }

  /** The first records that are to be read again; empty if none are. */
  public Optional<Span> first() {
    return tail().stream().flatMap(entry -> entry.span().stream()).findFirst();
  }

  /** Up to when the lake has the lineage afterwards. */
  Instant latestKept() {
    return kept == 0 ? latest : history.live().get(kept - 1).cursor().latest();
  }
}
