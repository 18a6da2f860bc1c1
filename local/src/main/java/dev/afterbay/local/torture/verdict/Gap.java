package dev.afterbay.local.torture.verdict;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.util.Optional;

/**
 * Records that the lake says it will never have.
 *
 * @param after the last record before them
 * @param before the first record behind them, if there is one
 */
public record Gap(StreamShard shard, SequenceNumber after, Optional<SequenceNumber> before) {
  /** Whether a record is one of them. */
  public boolean covers(StreamShard other, SequenceNumber number) {
    return shard.equals(other)
        && number.isAfter(after)
        && before.map(first -> first.isAfter(number)).orElse(true);
  }
}
