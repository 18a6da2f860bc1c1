package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

class FaultsTest {

  @Test
  void theNthCallOfAnOperationFails() {
    TestStream test = TestStream.ofOneShard();
    Reading reading = test.reading();
    test.script().faults().on(StreamCall.DESCRIBE_STREAM, 2, Fault.throttled());

    assertThat(reading.shards()).hasSize(1);
    assertThatThrownBy(reading::shards).isInstanceOf(LimitExceededException.class);
    assertThat(reading.shards()).hasSize(1);
    assertThat(test.script().faults().given()).containsEntry("LimitExceededException", 1L);
    assertThat(test.script().faults().made(StreamCall.DESCRIBE_STREAM)).isEqualTo(3);
  }

  @Test
  void theNthCallOnAShardFailsWhateverHappensOnOthers() {
    TestStream test = TestStream.of(StreamSettings.seeded(1), 2);
    Reading reading = test.reading();
    ShardId one = test.script().openShards().get(0).shard();
    ShardId other = test.script().openShards().get(1).shard();
    test.script().faults().on(StreamCall.GET_RECORDS, one, 2, Fault.expired());
    String onOne = reading.iterator(one.value(), ShardIteratorType.TRIM_HORIZON);
    String onOther = reading.iterator(other.value(), ShardIteratorType.TRIM_HORIZON);

    assertThat(reading.page(onOther).records()).isEmpty();
    assertThat(reading.page(onOne).records()).isEmpty();
    assertThat(reading.page(onOther).records()).isEmpty();
    assertThatThrownBy(() -> reading.page(onOne)).isInstanceOf(ExpiredIteratorException.class);
    assertThat(reading.page(onOne).records()).isEmpty();
  }

  @Test
  void theNextCallsFailUntilTheRulesAreForgotten() {
    TestStream test = TestStream.ofOneShard();
    Reading reading = test.reading();
    assertThat(reading.shards()).hasSize(1);
    test.script().faults().next(StreamCall.DESCRIBE_STREAM, 100, Fault.internalError());

    assertThatThrownBy(reading::shards).isInstanceOf(InternalServerErrorException.class);
    assertThatThrownBy(reading::shards)
        .isInstanceOfSatisfying(
            DynamoDbException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
    test.script().faults().clear();
    assertThat(reading.shards()).hasSize(1);
  }

  @Test
  void chanceFollowsTheSeed() {
    assertThat(fates(7)).isEqualTo(fates(7)).isNotEqualTo(fates(8)).contains(true, false);
    assertThat(fates(7).stream().filter(failed -> failed)).hasSizeBetween(30, 70);
  }

  private static List<Boolean> fates(long seed) {
    TestStream test = TestStream.of(StreamSettings.seeded(seed), 1);
    test.script().faults().sometimes(StreamCall.LIST_STREAMS, 0.25, Fault.unavailable());
    List<Boolean> fates = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      try {
        fates.add(test.reading().streams().listStreams().streams().isEmpty());
      } catch (DynamoDbException e) {
        fates.add(true);
      }
    }
    return fates;
  }

  @Test
  void everyErrorIsTheOneThatTheSdkThrows() {
    assertThatThrownBy(() -> suffer(Fault.trimmed()))
        .isInstanceOf(TrimmedDataAccessException.class);
    assertThatThrownBy(() -> suffer(Fault.notFound("Shard: x")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> suffer(Fault.accessDenied()))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
  }

  private static void suffer(Fault fault) {
    TestStream test = TestStream.ofOneShard();
    test.script().faults().next(StreamCall.LIST_STREAMS, 1, fault);
    assertThat(test.reading().streams().listStreams().streams()).isEmpty();
  }

  @Test
  void aSlowAnswerIsTheProperOneAndSilenceIsATimeOut() {
    TestStream test = TestStream.ofOneShard();
    List<Duration> waited = new ArrayList<>();
    Reading reading =
        new Reading(
            new ScriptedStreamsClient(test.script(), waited::add),
            test.script().latestArn().orElseThrow());
    test.script()
        .faults()
        .on(StreamCall.DESCRIBE_STREAM, 1, new Fault.Slow(Duration.ofSeconds(30)));
    test.script()
        .faults()
        .on(StreamCall.DESCRIBE_STREAM, 2, new Fault.Silence(Duration.ofMinutes(2)));

    assertThat(reading.shards()).hasSize(1);
    assertThatThrownBy(reading::shards).isInstanceOf(ApiCallTimeoutException.class);
    assertThat(waited).containsExactly(Duration.ofSeconds(30), Duration.ofMinutes(2));
  }
}
