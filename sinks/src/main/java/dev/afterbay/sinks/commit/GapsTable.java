package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The lake's table of gaps: one row for each, for whoever asks in SQL. */
public final class GapsTable {
  private static final String STREAM = "cdc_stream";
  private static final String SHARD = "cdc_shard";
  private static final String REASON = "gap_reason";
  private static final String AFTER = "gap_after";
  private static final String BEFORE = "gap_before";
  private static final String FROM = "gap_from";
  private static final String UNTIL = "gap_until";
  private static final String DETAIL = "gap_detail";
  private static final String RECORDED_AT = "recorded_at";

  private static final Schema TIME =
      LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));

  private static final Schema SCHEMA =
      SchemaBuilder.record("gaps")
          .namespace("dev.afterbay")
          .fields()
          .requiredString(STREAM)
          .requiredString(SHARD)
          .requiredString(REASON)
          .requiredString(AFTER)
          .optionalString(BEFORE)
          .name(FROM)
          .type(TIME)
          .noDefault()
          .name(UNTIL)
          .type(TIME)
          .noDefault()
          .requiredString(DETAIL)
          .name(RECORDED_AT)
          .type(TIME)
          .noDefault()
          .endRecord();

  private static final LakeTable TABLE =
      new LakeTable(LakeTable.GAPS, SCHEMA, 1, Set.of(), LakeTable.Partitioning.BY_DAY);

  private GapsTable() {}

  /** The schema of the rows. */
  public static Schema schema() {
    return SCHEMA;
  }

  /** The row of a gap, in the partition of the day on which it begins. */
  static LakeRow row(StreamShard shard, SequenceNumber after, Gap gap, Instant recordedAt) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put(STREAM, shard.stream().value());
    row.put(SHARD, shard.shard().value());
    row.put(REASON, gap.reason().name());
    row.put(AFTER, after.padded());
    row.put(BEFORE, gap.before().map(SequenceNumber::padded).orElse(null));
    row.put(FROM, micros(gap.from()));
    row.put(UNTIL, micros(gap.until()));
    row.put(DETAIL, gap.detail());
    row.put(RECORDED_AT, micros(recordedAt));
    return new LakeRow(TABLE, row, gap.from());
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
