package dev.afterbay.consumer.health;

import static dev.afterbay.consumer.health.CloudWatchMetric.Kind.COUNTER;
import static dev.afterbay.consumer.health.CloudWatchMetric.Kind.GAUGE;

/** The metrics in CloudWatch: under which name, in which unit, of which meter. */
enum CloudWatchMetric {
  RECORDS("Records", "Count", COUNTER, "records"),
  RECORDS_READ("RecordsRead", "Count", COUNTER, "records.read"),
  DUPLICATES("Duplicates", "Count", COUNTER, "duplicates"),
  ROWS("Rows", "Count", COUNTER, "rows"),
  COMMITS("Commits", "Count", COUNTER, "commits"),
  FILES("Files", "Count", COUNTER, "files"),
  BYTES("Bytes", "Bytes", COUNTER, "bytes"),
  QUARANTINED("QuarantinedRecords", "Count", COUNTER, "quarantined.records"),
  UNROUTED("UnroutedRecords", "Count", COUNTER, "unrouted.records"),
  MISFITS("Misfits", "Count", COUNTER, "extra.attributes"),
  GAPS("Gaps", "Count", COUNTER, "gaps"),
  GAPS_OPEN("GapsOpen", "Count", GAUGE, "gaps.open"),
  LAG("Lag", "Seconds", GAUGE, "lag"),
  COMPLETE_AT_AGE("CompleteAtAge", "Seconds", GAUGE, "complete.at.age"),
  SECONDS_UNTIL_TRIMMED("SecondsUntilTrimmed", "Seconds", GAUGE, "seconds.until.trimmed"),
  SHARDS_OWNED("ShardsOwned", "Count", GAUGE, "shards.owned"),
  SHARDS_OPEN("ShardsOpen", "Count", GAUGE, "shards.open"),
  SHARDS_UNOWNED("ShardsUnowned", "Count", GAUGE, "shards.unowned"),
  COMMIT_LATENCY("CommitLatency", "Milliseconds", GAUGE, "commit.seconds.max"),
  AUDIT_DRIFT("AuditDrift", "Count", GAUGE, "audit.drift"),
  AUDIT_AGE("AuditAge", "Seconds", GAUGE, "audit.age"),
  GET_RECORDS_CALLS("GetRecordsCalls", "Count", COUNTER, "get.records.calls"),
  THROTTLES("Throttles", "Count", COUNTER, "throttles"),
  S3_ERRORS("S3Errors", "Count", COUNTER, "s3.errors"),
  CATALOG_UP_TO_DATE("CatalogUpToDate", "None", GAUGE, "catalog.up.to.date"),
  HEALTHY("Healthy", "None", GAUGE, "healthy");

  /** How a metric comes from its meter. */
  enum Kind {
    /** What came since the line before. */
    COUNTER,
    /** What is now. */
    GAUGE
  }

  private static final double MILLIS = 1000;

  private final String title;
  private final String unit;
  private final Kind kind;
  private final String meter;

  CloudWatchMetric(String title, String unit, Kind kind, String meter) {
    this.title = title;
    this.unit = unit;
    this.kind = kind;
    this.meter = "afterbay." + meter;
  }

  /** Its name in CloudWatch. */
  String title() {
    return title;
  }

  /** Its unit, in CloudWatch's word. */
  String unit() {
    return unit;
  }

  boolean counts() {
    return kind == COUNTER;
  }

  /** The name of the meter that it is made of. */
  String meter() {
    return meter;
  }

  /** The meter's value in the metric's unit; meters of time are in seconds. */
  double of(double value) {
    return this == COMMIT_LATENCY ? value * MILLIS : value;
  }
}
