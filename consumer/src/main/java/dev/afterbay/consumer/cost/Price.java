package dev.afterbay.consumer.cost;

/** What AWS has a price for. */
enum Price {
  STREAMS_READS("streams-reads-per-100000", 100_000, "100,000 calls"),
  TABLE_WRITES("table-writes-per-million", 1_000_000, "million"),
  TABLE_READS("table-reads-per-million", 1_000_000, "million"),
  EXPORT("export-per-gb", 1, "GB"),
  RECOVERY("recovery-per-gb-month", 1, "GB"),
  S3_WRITES("s3-writes-per-1000", 1_000, "1,000"),
  S3_READS("s3-reads-per-1000", 1_000, "1,000"),
  S3_STORAGE("s3-storage-per-gb-month", 1, "GB"),
  FARGATE_VCPU("fargate-vcpu-per-hour", 1, "vCPU hour"),
  FARGATE_MEMORY("fargate-gb-per-hour", 1, "GB hour"),
  ATHENA("athena-per-tb", 1_000, "TB"),
  GLUE("glue-requests-per-million", 1_000_000, "million"),
  METRIC("cloudwatch-metric-per-month", 1, "metric"),
  LOGS("cloudwatch-logs-per-gb", 1, "GB"),
  KMS_REQUESTS("kms-requests-per-10000", 10_000, "10,000"),
  KMS_KEY("kms-key-per-month", 1, "key"),
  INTERFACE_ENDPOINT("interface-endpoint-per-hour", 1, "hour");

  private final String key;
  private final double per;
  private final String unit;

  Price(String key, double per, String unit) {
    this.key = key;
    this.per = per;
    this.unit = unit;
  }

  /** Its name in a file of prices. */
  String key() {
    return key;
  }

  /** For how many units of the model the price is. */
  double per() {
    return per;
  }

  /** What the price is for, in words. */
  String unit() {
    return unit;
  }
}
