package dev.afterbay.transforms.toavro;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The table of what audits found: one row for each key of which lake and source tell otherwise. */
public final class AuditTable {
  /** The name of the audit, which is that of its moment. */
  public static final String AUDIT = "audit";

  /** The moment of which lake and source were compared. */
  public static final String AUDITED_AT = "audited_at";

  /** The key, canonical DynamoDB JSON. */
  public static final String CDC_KEY = "cdc_key";

  /** How they differ: {@code missing}, {@code stale} or {@code phantom}. */
  public static final String VERDICT = "verdict";

  /** The digest of the item in the lake; null if there is none. */
  public static final String LAKE_DIGEST = "lake_digest";

  /** The digest of the item in the source; null if there is none. */
  public static final String SOURCE_DIGEST = "source_digest";

  /** The moment of the first audit in a row that found the same of this key. */
  public static final String FIRST_SEEN = "first_seen";

  private static final Schema SCHEMA =
      SchemaBuilder.record("Difference")
          .namespace("dev.afterbay")
          .fields()
          .requiredString(AUDIT)
          .name(AUDITED_AT)
          .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .requiredString(CDC_KEY)
          .requiredString(VERDICT)
          .optionalString(LAKE_DIGEST)
          .optionalString(SOURCE_DIGEST)
          .name(FIRST_SEEN)
          .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .endRecord();

  private AuditTable() {}

  /** The Avro schema of the rows. */
  public static Schema schema() {
    return SCHEMA;
  }

  /** The row of a difference. */
  public static GenericRecord row(
      String audit,
      Instant auditedAt,
      String key,
      String verdict,
      @Nullable String lakeDigest,
      @Nullable String sourceDigest,
      Instant firstSeen) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put(AUDIT, audit);
    row.put(AUDITED_AT, ChronoUnit.MICROS.between(Instant.EPOCH, auditedAt));
    row.put(CDC_KEY, key);
    row.put(VERDICT, verdict);
    row.put(LAKE_DIGEST, lakeDigest);
    row.put(SOURCE_DIGEST, sourceDigest);
    row.put(FIRST_SEEN, ChronoUnit.MICROS.between(Instant.EPOCH, firstSeen));
    return row;
  }
}
