package dev.afterbay.consumer.pipeline;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that came from a shard, decoded if that is possible.
 *
 * @param record as the stream gave it
 * @param position where it stands in the shard
 * @param created when the change happened, if the record says so and that can be
 * @param content the change, or why there is none
 */
record Arrival(
    StreamedRecord record, SequenceNumber position, Optional<Instant> created, Content content) {
  /**
   * DynamoDB began; what is said to be older would pass for older than the start of the reading.
   */
  private static final Instant FIRST_CHANGE = Instant.parse("2012-01-18T00:00:00Z");

  /** What a record says. */
  sealed interface Content {
    /** A change. */
    record Change(ChangeEvent event) implements Content {}

    /**
     * Nothing that can be understood.
     *
     * @param reason why, without content of the item
     */
    record Unreadable(String reason) implements Content {}
  }

  /**
   * Decodes a record.
   *
   * @throws IllegalStateException if the record does not say where it stands. It could not be put
   *     in order, told from its own repetition or checkpointed, neither here nor in quarantine; so
   *     the shard must not go on
   */
  static Arrival of(StreamedRecord record) {
    SequenceNumber position =
        record
            .position()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the stream gave a record (event id "
                            + record.eventId()
                            + ") whose SequenceNumber is missing or not a number; without it the"
                            + " record can be kept neither in order nor only once. DynamoDB does"
                            + " not send this: look at what stands between it and this worker"));
    Optional<Instant> created = record.created().filter(time -> !time.isBefore(FIRST_CHANGE));
    return new Arrival(record, position, created, content(record));
  }

  private static Content content(StreamedRecord record) {
    try {
      return new Content.Change(record.change());
    } catch (UndecodableRecordException e) {
      return new Content.Unreadable(e.reason());
    } catch (RuntimeException e) {
      // A fault of the decoder's, and no reason to stop: the record is kept as it is.
      return new Content.Unreadable("breaks the decoder: " + e.getClass().getSimpleName());
    }
  }
}
