package dev.afterbay.sinks.segment;

import dev.afterbay.transforms.change.SequenceNumber;
import java.time.Instant;

/**
 * A run of records of one shard.
 *
 * @param first sequence number
 * @param last sequence number
 * @param records how many
 * @param from the first record's {@code cdc_time}
 * @param to the last record's {@code cdc_time}
 */
public record Span(
    SequenceNumber first, SequenceNumber last, long records, Instant from, Instant to) {
  /** Checks that a run does not go backwards. */
  public Span {
    if (first.isAfter(last) || records < 1 || from.isAfter(to)) {
      throw new IllegalArgumentException(
          "Not a run of records: %s to %s, %d records, %s to %s"
              .formatted(first, last, records, from, to));
    }
  }

  /** The run that consists of one record. */
  static Span of(SequenceNumber position, Instant time) {
    return new Span(position, position, 1, time, time);
  }

  /** This run with one more record at its end. */
  Span plus(SequenceNumber position, Instant time) {
    return new Span(first, position, records + 1, from, time);
  }
}
