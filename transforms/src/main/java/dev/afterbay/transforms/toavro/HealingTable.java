package dev.afterbay.transforms.toavro;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The table of healed gaps: one row for each. */
public final class HealingTable {
  /** The label of the stream that the gap is in. */
  public static final String CDC_STREAM = "cdc_stream";

  /** The shard that the gap is in. */
  public static final String CDC_SHARD = "cdc_shard";

  /** The sequence number after which it begins. */
  public static final String GAP_AFTER = "gap_after";

  /** When it was healed. */
  public static final String HEALED_AT = "healed_at";

  /** The ARNs of the exports that told of it. */
  public static final String EXPORTS = "exports";

  /** How many items got a row. */
  public static final String HEALED_ROWS = "healed_rows";

  /** What is lost all the same, in a sentence. */
  public static final String LOST = "lost";

  private static final Schema SCHEMA =
      SchemaBuilder.record("Healing")
          .namespace("dev.afterbay")
          .fields()
          .requiredString(CDC_STREAM)
          .requiredString(CDC_SHARD)
          .requiredString(GAP_AFTER)
          .name(HEALED_AT)
          .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .name(EXPORTS)
          .type(SchemaBuilder.array().items().stringType())
          .noDefault()
          .requiredLong(HEALED_ROWS)
          .requiredString(LOST)
          .endRecord();

  private HealingTable() {}

  /** The Avro schema of the rows. */
  public static Schema schema() {
    return SCHEMA;
  }

  /**
   * The row of a healed gap.
   *
   * @param shard that the gap is in
   * @param after the sequence number after which it begins
   */
  public static GenericRecord row(
      StreamShard shard,
      SequenceNumber after,
      Instant healedAt,
      List<String> exports,
      long rows,
      String lost) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put(CDC_STREAM, shard.stream().value());
    row.put(CDC_SHARD, shard.shard().value());
    row.put(GAP_AFTER, after.padded());
    row.put(HEALED_AT, ChronoUnit.MICROS.between(Instant.EPOCH, healedAt));
    row.put(EXPORTS, List.copyOf(exports));
    row.put(HEALED_ROWS, rows);
    row.put(LOST, lost);
    return row;
  }
}
