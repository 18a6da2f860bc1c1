package dev.afterbay.consumer.pipeline;

import dev.afterbay.transforms.change.SequenceNumber;

/** Where the reading of a shard is to start, by the commit log alone. */
public sealed interface ReadingPoint {
  /** After the last record that the log has. */
  record After(SequenceNumber position) implements ReadingPoint {}

  /** At the shard's very first record: it continues a shard that was read to its end. */
  record Beginning() implements ReadingPoint {}

  /** At the oldest record that there is: nothing before it was ever promised. */
  record Horizon() implements ReadingPoint {}
}
