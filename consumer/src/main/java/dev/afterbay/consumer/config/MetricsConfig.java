package dev.afterbay.consumer.config;

/**
 * Where the metrics go besides {@code /metrics}.
 *
 * @param cloudWatch how they come to CloudWatch
 */
public record MetricsConfig(CloudWatch cloudWatch) {
  /** Nowhere. */
  public static final MetricsConfig DEFAULT = new MetricsConfig(CloudWatch.OFF);

  /** The ways to CloudWatch. */
  public enum CloudWatch {
    /** None. */
    OFF,
    /** Lines in the embedded metric format on standard output. */
    EMF
  }
}
