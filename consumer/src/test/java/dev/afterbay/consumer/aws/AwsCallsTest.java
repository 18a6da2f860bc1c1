package dev.afterbay.consumer.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollector;

final class AwsCallsTest {
  private final AwsCalls calls = new AwsCalls();

  @Test
  void everyAttemptAtGetRecordsCounts() {
    call("DynamoDB Streams", "GetRecords", "500 ServerError", "200");
    call("DynamoDB Streams", "GetShardIterator", "200");

    assertThat(calls.getRecords()).isEqualTo(2);
    assertThat(calls.throttles()).isEqualTo(throttles(0, 0, 0));
  }

  @Test
  void throttlesCountByTheServiceThatThrottles() {
    call("DynamoDB", "UpdateItem", "400 Throttling", "400 Throttling", "200");
    call("S3", "PutObject", "503 Throttling", "200");

    assertThat(calls.throttles()).isEqualTo(throttles(2, 0, 1));
    assertThat(calls.s3Errors()).isZero();
  }

  @Test
  void ofStreamsABadRequestThatIsAskedAgainIsAThrottleAndARefusalIsNone() {
    call("DynamoDB Streams", "GetRecords", "400 Other", "400 Other", "200");
    call("DynamoDB Streams", "GetShardIterator", "400 Other");

    assertThat(calls.throttles()).isEqualTo(throttles(0, 2, 0));
  }

  @Test
  void errorsOfS3AreFaultsOfTheServiceOrTheLineNotRefusals() {
    call("S3", "PutObject", "500 ServerError", "412 Other");
    call("S3", "GetObject", "0 IO", "0 ConfiguredTimeout", "404 Other");
    call("DynamoDB", "GetItem", "500 ServerError", "200");

    assertThat(calls.s3Errors()).isEqualTo(3);
  }

  private static Map<String, Long> throttles(long dynamoDb, long streams, long s3) {
    return Map.of("DynamoDB", dynamoDb, "DynamoDB Streams", streams, "S3", s3);
  }

  /** A call as the SDK tells of it: each attempt with its status, and its error if it had one. */
  private void call(String service, String operation, String... attempts) {
    MetricCollector call = MetricCollector.create("ApiCall");
    call.reportMetric(CoreMetric.SERVICE_ID, service);
    call.reportMetric(CoreMetric.OPERATION_NAME, operation);
    for (String answer : attempts) {
      String[] parts = answer.split(" ", -1);
      MetricCollector attempt = call.createChild("ApiCallAttempt");
      attempt.reportMetric(HttpMetric.HTTP_STATUS_CODE, Integer.valueOf(parts[0]));
      if (parts.length > 1) {
        attempt.reportMetric(CoreMetric.ERROR_TYPE, parts[1]);
      }
    }
    calls.publish(call.collect());
  }
}
