package dev.afterbay.sinks.segment;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.ordering.ShardCursor.Accepted;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.toavro.QuarantineTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Records of a shard for tests, and the way of each into a segment. */
public final class ShardFeed {
  /** The source table. */
  public static final TableName TABLE = new TableName("E-commerce-Data");

  /** The time of the first record. */
  public static final Instant TIME = Instant.parse("2026-11-21T05:58:00.250001Z");

  private static final StreamLabel STREAM = new StreamLabel("2026-11-21T05:00:00.000");
  private static final ChangesTable CHANGES =
      new ChangesTable(List.of(new KeyAttribute("PK", KeyType.S)));
  private static final LakeTable LAKE_TABLE = LakeTable.changes(CHANGES);

  private ShardFeed() {}

  /** A shard of the table. */
  public static StreamShard shard(String id) {
    return new StreamShard(TABLE, STREAM, new ShardId(id));
  }

  /** So many records, a minute apart, so that the third one is in another hour. */
  public static List<ChangeEvent> records(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(ShardFeed::record).toList();
  }

  /** The record with a number, from 1. */
  public static ChangeEvent record(int number) {
    Image keys = Image.parse("{\"PK\":{\"S\":\"item-%d\"}}".formatted(number));
    return new ChangeEvent(
        Operation.INSERT,
        TIME.plus(Duration.ofMinutes(number - 1L)),
        sequenceNumber(number),
        "event-" + number,
        false,
        keys,
        keys,
        null);
  }

  /** The sequence number of a record. */
  public static SequenceNumber sequenceNumber(int number) {
    return SequenceNumber.parse("1000000000000000000" + "%05d".formatted(number));
  }

  /** Adds a record to a segment, unless it is at or before the segment's cursor. */
  public static Optional<Accepted> feed(Segment segment, ChangeEvent record) {
    Optional<Accepted> accepted = segment.cursor().accept(record);
    accepted.ifPresent(
        a ->
            segment.append(
                a.cursor(),
                List.of(
                    new LakeRow(
                        LAKE_TABLE,
                        CHANGES.row(segment.shard(), record, a.cdcTime()),
                        a.cdcTime()))));
    return accepted;
  }

  /** Adds the record with this number to a segment as one that cannot be decoded. */
  public static void setAside(Segment segment, int number) {
    ChangeEvent record = record(number);
    Accepted accepted =
        segment
            .cursor()
            .accept(record.sequenceNumber(), Optional.of(record.approximateCreation()), "raw")
            .orElseThrow();
    segment.append(
        accepted.cursor(),
        List.of(
            new LakeRow(
                LakeTable.quarantine(),
                QuarantineTable.row(
                    segment.shard(),
                    record.sequenceNumber(),
                    accepted.cdcTime(),
                    record.eventId(),
                    "has no Keys",
                    "{}"),
                accepted.cdcTime())));
  }

  /** Adds the records with these numbers to a segment, none of which may be there already. */
  public static Segment fill(Segment segment, int from, int to) {
    for (int number = from; number <= to; number++) {
      if (feed(segment, record(number)).isEmpty()) {
        throw new IllegalArgumentException("Record " + number + " is there already");
      }
    }
    return segment;
  }
}
