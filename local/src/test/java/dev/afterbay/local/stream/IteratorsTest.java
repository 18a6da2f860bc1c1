package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

class IteratorsTest {

  @Test
  void theHorizonMovesBehindWhatIsTrimmed() {
    TestStream test = filled(5);
    Account.Loss loss = test.script().trim(test.onlyShard(), 2).orElseThrow();

    assertThat(loss.records()).isEqualTo(2);
    assertThat(test.script().account().losses()).containsExactly(loss);
    assertThat(test.reading().records(shard(test))).hasSize(3);
    assertThat(test.script().account().of(test.onlyShard())).hasSize(5);
    assertThat(test.script().trim(test.onlyShard(), 99).orElseThrow().records()).isEqualTo(3);
    assertThat(test.script().trim(test.onlyShard(), 1)).isEmpty();
  }

  @Test
  void anIteratorAtATrimmedPlaceIsRefused() {
    TestStream test = filled(5);
    Reading reading = test.reading();
    String start = reading.iterator(shard(test), ShardIteratorType.TRIM_HORIZON);
    String latest = reading.iterator(shard(test), ShardIteratorType.LATEST);
    test.script().trim(test.onlyShard(), 1);

    assertThatThrownBy(() -> reading.page(start)).isInstanceOf(TrimmedDataAccessException.class);
    assertThat(reading.page(latest).records()).isEmpty();
  }

  @Test
  void aReaderThatHasReadWhatIsTrimmedGoesOn() {
    TestStream test = filled(5);
    Reading reading = test.reading();
    String start = reading.iterator(shard(test), ShardIteratorType.TRIM_HORIZON);
    String next =
        reading.streams().getRecords(r -> r.shardIterator(start).limit(3)).nextShardIterator();
    test.script().trim(test.onlyShard(), 3);

    assertThat(reading.from(next)).hasSize(2);
  }

  @Test
  void aNumberBeforeTheOldestRecordIsRefused() {
    TestStream test = filled(5);
    Reading reading = test.reading();
    List<String> numbers = Reading.numbers(reading.records(shard(test)));
    test.script().trim(test.onlyShard(), 2);

    for (ShardIteratorType type :
        List.of(ShardIteratorType.AT_SEQUENCE_NUMBER, ShardIteratorType.AFTER_SEQUENCE_NUMBER)) {
      assertThatThrownBy(() -> reading.iterator(shard(test), type, numbers.get(1)))
          .isInstanceOf(TrimmedDataAccessException.class);
      assertThat(reading.iterator(shard(test), type, numbers.get(2))).isNotEmpty();
    }
    test.script().trim(test.onlyShard(), 3);
    assertThatThrownBy(
            () ->
                reading.iterator(
                    shard(test), ShardIteratorType.AFTER_SEQUENCE_NUMBER, numbers.get(4)))
        .as("also when nothing is left")
        .isInstanceOf(TrimmedDataAccessException.class);
  }

  @Test
  void aNumberThatTheShardCannotHaveIsRefused() {
    TestStream test = filled(3);
    test.script().roll(test.onlyShard());
    test.fill(1);
    Reading reading = test.reading();
    String parent = reading.shards().get(0).shardId();
    String child = reading.shards().get(1).shardId();
    String ofParent = Reading.numbers(reading.records(parent)).get(0);
    String ofChild = Reading.numbers(reading.records(child)).get(0);

    for (List<String> wrong : List.of(List.of(parent, ofChild), List.of(child, ofParent))) {
      assertThatThrownBy(
              () ->
                  reading.iterator(
                      wrong.get(0), ShardIteratorType.AT_SEQUENCE_NUMBER, wrong.get(1)))
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining("Invalid SequenceNumber");
    }
  }

  @Test
  void anIteratorExpiresWithTime() {
    TestStream test = filled(2);
    Reading reading = test.reading();
    String start = reading.iterator(shard(test), ShardIteratorType.TRIM_HORIZON);
    test.pass(Duration.ofMinutes(15));
    String next = reading.page(start).nextShardIterator();
    test.pass(Duration.ofMillis(1));

    assertThatThrownBy(() -> reading.page(start)).isInstanceOf(ExpiredIteratorException.class);
    assertThat(reading.page(next).records()).as("each has a life of its own").isEmpty();
  }

  @Test
  void anIteratorExpiresAfterSoManyReads() {
    TestStream test =
        TestStream.of(StreamSettings.seeded(1).iterators(Duration.ofMinutes(15), 2), 1);
    test.fill(2);
    Reading reading = test.reading();
    String first = reading.iterator(shard(test), ShardIteratorType.TRIM_HORIZON);
    String third = reading.page(reading.page(first).nextShardIterator()).nextShardIterator();

    assertThatThrownBy(() -> reading.page(third)).isInstanceOf(ExpiredIteratorException.class);
    assertThat(reading.records(shard(test))).as("a fresh one reads again").hasSize(2);
  }

  private static TestStream filled(int records) {
    TestStream test = TestStream.ofOneShard();
    test.fill(records);
    return test;
  }

  private static String shard(TestStream test) {
    return test.onlyShard().shard().value();
  }
}
