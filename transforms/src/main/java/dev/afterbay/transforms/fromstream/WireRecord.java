package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** A record that was read from the bytes of its page, in which nothing was unusual. */
public final class WireRecord implements StreamedRecord {
  private final byte[] page;
  private final int from;
  private final int to;
  private final String spelledPosition;
  private final ChangeEvent change;

  WireRecord(byte[] page, int from, int to, String spelledPosition, ChangeEvent change) {
    this.page = page;
    this.from = from;
    this.to = to;
    this.spelledPosition = spelledPosition;
    this.change = change;
  }

  @Override
  public Optional<SequenceNumber> position() {
    return Optional.of(change.sequenceNumber());
  }

  @Override
  public String spelledPosition() {
    return spelledPosition;
  }

  @Override
  public Optional<Instant> created() {
    return Optional.of(change.approximateCreation());
  }

  @Override
  public String eventId() {
    return change.eventId();
  }

  @Override
  public ChangeEvent change() {
    return change;
  }

  @Override
  public String text(Set<String> sensitive) {
    Record parsed = RawRecord.parse(new String(page, from, to - from, StandardCharsets.UTF_8));
    // The SDK's precision, which is less than what may stand there.
    StreamRecord change =
        parsed.dynamodb().toBuilder()
            .approximateCreationDateTime(this.change.approximateCreation())
            .build();
    return RawRecord.text(parsed.toBuilder().dynamodb(change).build(), sensitive);
  }

  /** Without content, which does not belong into logs. */
  @Override
  public String toString() {
    return "WireRecord " + spelledPosition;
  }
}
