package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One shard with the records that are not trimmed. A record's ordinal is its place among all that
 * the shard ever had, from 0.
 */
final class Shard {
  private final StreamShard name;
  private final @Nullable Shard parent;
  private final KeyRange range;
  private final String starting;
  private final List<StoredRecord> kept = new ArrayList<>();
  private @Nullable String ending;
  private long trimmed;
  private @Nullable SequenceNumber trimPoint;
  private boolean listed = true;

  Shard(StreamShard name, @Nullable Shard parent, KeyRange range, String starting) {
    this.name = name;
    this.parent = parent;
    this.range = range;
    this.starting = starting;
  }

  StreamShard name() {
    return name;
  }

  @Nullable Shard parent() {
    return parent;
  }

  KeyRange range() {
    return range;
  }

  String starting() {
    return starting;
  }

  @Nullable String ending() {
    return ending;
  }

  boolean open() {
    return ending == null;
  }

  boolean listed() {
    return listed;
  }

  void unlist() {
    listed = false;
  }

  void list() {
    listed = true;
  }

  /** The ordinal of the oldest record, or of the next one while there is none. */
  long horizon() {
    return trimmed;
  }

  /** The ordinal of the next record. */
  long end() {
    return trimmed + kept.size();
  }

  void append(StoredRecord record) {
    kept.add(record);
  }

  void close() {
    ending = kept.isEmpty() ? afterTrim() : kept.get(kept.size() - 1).sequenceNumber();
  }

  /** Takes away up to so many of the oldest records. */
  Optional<Account.Loss> trim(long records) {
    int count = (int) Math.min(records, kept.size());
    if (count <= 0) {
      return Optional.empty();
    }
    List<StoredRecord> gone = kept.subList(0, count);
    Account.Loss loss =
        new Account.Loss(
            name,
            SequenceNumber.parse(gone.get(0).sequenceNumber()),
            SequenceNumber.parse(gone.get(count - 1).sequenceNumber()),
            count);
    gone.clear();
    trimPoint = loss.to();
    trimmed += count;
    return Optional.of(loss);
  }

  /** Records from an ordinal on, as many as came by that moment and fit on a page. */
  List<StoredRecord> page(long ordinal, Instant until, int records, long bytes) {
    List<StoredRecord> page = new ArrayList<>();
    long size = 0;
    for (int i = (int) (ordinal - trimmed); i < kept.size() && page.size() < records; i++) {
      StoredRecord record = kept.get(i);
      size += record.size();
      if (record.at().isAfter(until) || (size > bytes && !page.isEmpty())) {
        break;
      }
      page.add(record);
    }
    return page;
  }

  /** The ordinal of the first record at or after a sequence number. */
  long at(SequenceNumber number) {
    int low = 0;
    int high = kept.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (number(middle).compareTo(number) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return trimmed + low;
  }

  /** The ordinal of the first record after a sequence number. */
  long after(SequenceNumber number) {
    long at = at(number);
    boolean same = at < end() && number((int) (at - trimmed)).equals(number);
    return same ? at + 1 : at;
  }

  /**
   * Whether this number is one that was trimmed, or older. AWS refuses to go on even behind the
   * last of them, though no record would be missed.
   */
  boolean trimmedAt(SequenceNumber number) {
    return trimPoint != null && !number.isAfter(trimPoint);
  }

  private SequenceNumber number(int index) {
    return SequenceNumber.parse(kept.get(index).sequenceNumber());
  }

  /** The last number that the shard ever had, of which it holds nothing any more. */
  private String afterTrim() {
    return trimPoint == null ? starting : new BigInteger(trimPoint.padded()).toString();
  }
}
