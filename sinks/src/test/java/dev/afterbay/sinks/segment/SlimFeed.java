package dev.afterbay.sinks.segment;

import dev.afterbay.sinks.segment.LakeTable.Partitioning;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.ordering.ShardCursor.Accepted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;

/**
 * The way of a record into a segment as a row of one column, for tests that write files by the ten
 * thousand.
 */
public final class SlimFeed {
  /** The column that tells which record a row is of. */
  public static final String COLUMN = "cdc_seq";

  private static final Schema SCHEMA =
      SchemaBuilder.record("change").fields().requiredString(COLUMN).endRecord();
  private static final LakeTable TABLE =
      new LakeTable(LakeTable.CHANGES, SCHEMA, 1, Set.of(COLUMN), Partitioning.BY_HOUR);

  private SlimFeed() {}

  /** Adds a record to a segment, unless it is at or before the segment's cursor. */
  public static Optional<Accepted> feed(Segment segment, ChangeEvent record) {
    Optional<Accepted> accepted = segment.cursor().accept(record);
    accepted.ifPresent(
        a ->
            segment.append(
                a.cursor(),
                List.of(
                    new LakeRow(
                        TABLE,
                        new GenericRecordBuilder(SCHEMA)
                            .set(COLUMN, record.sequenceNumber().padded())
                            .build(),
                        a.cdcTime()))));
    return accepted;
  }

  /** Adds the records with these numbers to a segment, none of which may be there already. */
  public static Segment fill(Segment segment, int from, int to) {
    for (int number = from; number <= to; number++) {
      if (feed(segment, ShardFeed.record(number)).isEmpty()) {
        throw new IllegalArgumentException("Record " + number + " is there already");
      }
    }
    return segment;
  }
}
