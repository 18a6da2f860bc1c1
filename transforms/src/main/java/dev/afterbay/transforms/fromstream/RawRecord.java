package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.change.SequenceNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * A stream record as the SDK delivers it, whatever it holds: its few outer facts, and its text in
 * JSON of the Streams wire protocol. The SDK has already dropped what it does not know, such as the
 * content of a value of a new type; nothing else is lost on the way there and back.
 */
public final class RawRecord {
  private RawRecord() {}

  /** Where the record stands in its shard; empty if it does not say so, or not in digits. */
  public static Optional<SequenceNumber> position(Record record) {
    return change(record)
        .map(StreamRecord::sequenceNumber)
        .flatMap(
            text -> {
              try {
                return Optional.of(SequenceNumber.parse(text));
              } catch (IllegalArgumentException e) {
                return Optional.empty();
              }
            });
  }

  /** When the change happened, if the record says so. */
  public static Optional<Instant> created(Record record) {
    return change(record).map(StreamRecord::approximateCreationDateTime);
  }

  /**
   * The record's text. It is well-formed UTF-8 even if a text of the record is not: half of a
   * surrogate pair stands escaped.
   */
  public static String text(Record record) {
    return text(record, Set.of());
  }

  /**
   * The record's text without sensitive values: in both images {@code {"S":"***"}} stands for each.
   *
   * @param sensitive the names of top-level attributes
   */
  public static String text(Record record, Set<String> sensitive) {
    return RawRecordWriter.write(record, sensitive);
  }

  /**
   * Reads a text back.
   *
   * @throws IllegalArgumentException if it is not a stream record; the message quotes nothing of it
   */
  public static Record parse(String text) {
    return RawRecordReader.read(text);
  }

  private static Optional<StreamRecord> change(Record record) {
    return Optional.ofNullable(record.dynamodb());
  }
}
