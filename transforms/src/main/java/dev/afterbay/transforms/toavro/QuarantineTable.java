package dev.afterbay.transforms.toavro;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The {@code quarantine} table, which is the same for every source table: stream records that could
 * not become changes, each raw and with the reason.
 */
public final class QuarantineTable {
  /** The column with the {@code cdc_time} that the record got. */
  public static final String CDC_TIME = "cdc_time";

  /** The column with the sequence number, 40 digits. */
  public static final String CDC_SEQ = "cdc_seq";

  /** The column with the shard. */
  public static final String CDC_SHARD = "cdc_shard";

  /** The column with the label of the stream. */
  public static final String CDC_STREAM = "cdc_stream";

  /** The column with the stream's identifier of the record, if it had one. */
  public static final String CDC_EVENT_ID = "cdc_event_id";

  /** The column with what was wrong; no content of the item. */
  public static final String REASON = "reason";

  /** The column with the record, in JSON of the Streams wire protocol. */
  public static final String RECORD = "record";

  private static final Schema SCHEMA =
      SchemaBuilder.record("Quarantined")
          .namespace("dev.afterbay")
          .fields()
          .name(CDC_TIME)
          .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .requiredString(CDC_SEQ)
          .requiredString(CDC_SHARD)
          .requiredString(CDC_STREAM)
          .name(CDC_EVENT_ID)
          .type(
              Schema.createUnion(
                  Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)))
          .noDefault()
          .requiredString(REASON)
          .requiredString(RECORD)
          .endRecord();

  private QuarantineTable() {}

  /** The Avro schema of the rows. */
  public static Schema schema() {
    return SCHEMA;
  }

  /**
   * The row of a record.
   *
   * @param cdcTime the time that the shard's cursor gave to the record
   * @param eventId the stream's identifier of the record, if it has one
   * @param reason what was wrong with it
   * @param record its text
   */
  public static GenericRecord row(
      StreamShard shard,
      SequenceNumber position,
      Instant cdcTime,
      @Nullable String eventId,
      String reason,
      String record) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put(CDC_TIME, ChronoUnit.MICROS.between(Instant.EPOCH, cdcTime));
    row.put(CDC_SEQ, position.padded());
    row.put(CDC_SHARD, shard.shard().value());
    row.put(CDC_STREAM, shard.stream().value());
    row.put(CDC_EVENT_ID, eventId == null ? null : storable(eventId));
    row.put(REASON, storable(reason));
    row.put(RECORD, storable(record));
    return row;
  }

  /** The text with a question mark for what UTF-8 cannot carry: a row here must always be made. */
  private static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
