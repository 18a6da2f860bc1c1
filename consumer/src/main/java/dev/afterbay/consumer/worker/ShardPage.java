package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a shard answered.
 *
 * @param records in the order of the shard; they may be read anew each time, and cannot be changed
 * @param nextIterator leads to what comes next; null if the shard has ended
 * @param weight about how much of the heap the records take, in bytes
 */
record ShardPage(List<StreamedRecord> records, @Nullable String nextIterator, long weight) {
  static ShardPage empty(@Nullable String nextIterator) {
    return new ShardPage(List.of(), nextIterator, 0);
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** The first position that a record tells at all. */
  Optional<SequenceNumber> first() {
    return records.stream().flatMap(record -> record.position().stream()).findFirst();
  }

  /** The position of the last record; empty if it does not tell it, or there is none. */
  Optional<SequenceNumber> last() {
    return isEmpty() ? Optional.empty() : newest().position();
  }

  /** When the last record was made; empty if it does not tell, or there is none. */
  Optional<Instant> lastCreated() {
    return isEmpty() ? Optional.empty() : newest().created();
  }

  private StreamedRecord newest() {
    return records.get(records.size() - 1);
  }
}
