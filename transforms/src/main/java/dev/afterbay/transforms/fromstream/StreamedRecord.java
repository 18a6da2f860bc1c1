package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** A record that a stream gave, whoever read its bytes. */
public sealed interface StreamedRecord permits SdkRecord, WireRecord {
  /** A record that the SDK has read. */
  static StreamedRecord of(Record record) {
    return new SdkRecord(record);
  }

  /** Where the record stands in its shard; empty if it does not say so, or not in digits. */
  Optional<SequenceNumber> position();

  /** The position as the stream spells it, even if that is no number; null if there is none. */
  @Nullable String spelledPosition();

  /** When the change happened, if the record says so. */
  Optional<Instant> created();

  /** The stream's own identifier of the record, if it has one. */
  @Nullable String eventId();

  /**
   * The change, whole or not at all.
   *
   * @throws UndecodableRecordException if something is missing, malformed or unknown
   */
  ChangeEvent change() throws UndecodableRecordException;

  /**
   * The record's text, as {@link RawRecord} writes it.
   *
   * @param sensitive the names of top-level attributes of which nothing is to be seen
   */
  String text(Set<String> sensitive);
}
