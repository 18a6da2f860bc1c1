package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.SequenceNumber;
import java.util.List;

/**
 * That a shard's log was taken back: an entry that is one ends an epoch of the log. It stands where
 * the next commit would, so that no other can, and what follows it stands in the next epoch.
 *
 * @param cut entries that start after this position, or a later one, count no more
 * @param resume the position that the log goes on after: {@code cut}, or, if nothing before it was
 *     ever promised, the one right before the first record that is set aside
 * @param commits that count no more
 * @param records in them
 * @param setAside the files of these commits, which are to be visible no more
 */
public record Rewind(
    SequenceNumber cut,
    SequenceNumber resume,
    long commits,
    long records,
    List<ObjectKey> setAside) {
  /** Copies the list. */
  public Rewind {
    setAside = List.copyOf(setAside);
  }

  /** Whether it takes an entry of the same log, and of the same epoch or an earlier one, back. */
  public boolean takesBack(Entry entry) {
    return !cut.isAfter(entry.after());
  }
}
