package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * A record that the SDK has read; it may lack anything.
 *
 * @param record as the SDK gave it
 */
public record SdkRecord(Record record) implements StreamedRecord {
  @Override
  public Optional<SequenceNumber> position() {
    return RawRecord.position(record);
  }

  @Override
  public @Nullable String spelledPosition() {
    return record.dynamodb() == null ? null : record.dynamodb().sequenceNumber();
  }

  @Override
  public Optional<Instant> created() {
    return RawRecord.created(record);
  }

  @Override
  public @Nullable String eventId() {
    return record.eventID();
  }

  @Override
  public ChangeEvent change() throws UndecodableRecordException {
    return StreamRecordDecoder.decode(record);
  }

  @Override
  public String text(Set<String> sensitive) {
    return RawRecord.text(record, sensitive);
  }

  /** Without content, which does not belong into logs. */
  @Override
  public String toString() {
    return "SdkRecord " + spelledPosition();
  }
}
