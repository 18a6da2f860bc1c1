package dev.afterbay.consumer.aws;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * The calls that some clients made, counted by what matters to whoever runs the service. The SDK
 * tells of each call when it is over, with all of its attempts.
 */
public final class AwsCalls implements MetricPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(AwsCalls.class);
  private static final int BAD_REQUEST = 400;

  /** The SDK's own words for what went wrong with an attempt. */
  private static final String THROTTLING = "Throttling";

  private static final List<String> FAULTS = List.of("ServerError", "IO", "ConfiguredTimeout");

  private final AtomicLong getRecords = new AtomicLong();
  private final AtomicLong s3Errors = new AtomicLong();
  private final ConcurrentMap<String, AtomicLong> throttles = new ConcurrentHashMap<>();

  /** No call yet. */
  public AwsCalls() {
    List.of("DynamoDB", "DynamoDB Streams", "S3")
        .forEach(service -> throttles.put(service, new AtomicLong()));
  }

  /** Calls of GetRecords, each attempt counted. */
  public long getRecords() {
    return getRecords.get();
  }

  /** Attempts at S3 that a fault of the service or of the line ended. */
  public long s3Errors() {
    return s3Errors.get();
  }

  /** Answers that said to be slower, by the service that gave them. */
  public NavigableMap<String, Long> throttles() {
    NavigableMap<String, Long> counts = new TreeMap<>();
    throttles.forEach((service, count) -> counts.put(service, count.get()));
    return counts;
  }

  @Override
  public void publish(MetricCollection call) {
    String service = first(call.metricValues(CoreMetric.SERVICE_ID));
    String operation = first(call.metricValues(CoreMetric.OPERATION_NAME));
    List<MetricCollection> attempts = call.children();
    for (MetricCollection attempt : attempts) {
      if (operation.equals("GetRecords")) {
        getRecords.incrementAndGet();
      }
      String error = first(attempt.metricValues(CoreMetric.ERROR_TYPE));
      if (error.equals(THROTTLING) || isLimit(service, attempt, attempts.size())) {
        throttles.computeIfAbsent(service, name -> new AtomicLong()).incrementAndGet();
      } else if (service.equals("S3") && FAULTS.contains(error)) {
        s3Errors.incrementAndGet();
        LOG.debug("An attempt at S3 {} ended in {}", operation, error);
      }
    }
  }

  /**
   * Streams throttle with {@code LimitExceededException}, which the SDK does not take for that. It
   * is the only refusal of a bad request upon which it is asked again.
   */
  private static boolean isLimit(String service, MetricCollection attempt, int attempts) {
    return service.equals("DynamoDB Streams")
        && attempts > 1
        && attempt.metricValues(HttpMetric.HTTP_STATUS_CODE).contains(BAD_REQUEST);
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.get(0);
  }

  @Override
  public void close() {}
}
