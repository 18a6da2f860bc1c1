package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.fromstream.StreamRecordDecoder;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;

class ScriptedStreamTest {

  @Test
  void theKeysOfAShardAreSharedBetweenItsTwoChildren() {
    TestStream test = TestStream.ofOneShard();
    test.fill(100);
    List<StreamShard> children = test.script().split(test.onlyShard());
    test.fill(100);

    assertThat(test.script().openShards()).isEqualTo(children).hasSize(2);
    Account account = test.script().account();
    assertThat(account.of(children.get(0)).size()).isBetween(20, 80);
    assertThat(account.of(children.get(0)).size() + account.of(children.get(1)).size())
        .isEqualTo(100);
  }

  @Test
  void theRecordsOfAKeyRiseThroughEveryGeneration() {
    TestStream test = TestStream.of(StreamSettings.seeded(2), 3);
    for (int generation = 0; generation < 4; generation++) {
      for (int i = 0; i < 60; i++) {
        test.put("key-" + i % 7, generation + "-" + i);
      }
      test.script().split(test.onlyShard());
      test.script().rollAll();
    }

    Map<String, List<SequenceNumber>> byKey = new HashMap<>();
    for (StreamShard shard : test.script().account().shards()) {
      for (Account.Line line : test.script().account().of(shard)) {
        byKey.computeIfAbsent(line.key(), any -> new ArrayList<>()).add(line.sequenceNumber());
      }
    }
    assertThat(byKey).hasSize(7);
    assertThat(byKey.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
  }

  @Test
  void parentsAreNamedThroughAChainOfGenerations() {
    TestStream test = TestStream.ofOneShard();
    StreamShard first = test.onlyShard();
    StreamShard second = test.script().roll(first);
    List<StreamShard> third = test.script().split(second);

    List<Shard> shards = test.reading().shards();
    assertThat(shards).extracting(Shard::shardId).isSorted();
    assertThat(shards)
        .extracting(Shard::parentShardId)
        .containsExactly(
            null, first.shard().value(), second.shard().value(), second.shard().value());
    assertThat(shards.get(3).shardId()).isEqualTo(third.get(1).shard().value());
    assertThatThrownBy(() -> test.script().roll(first))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theSameScriptAndSeedGiveTheSameBytes() {
    assertThat(scripted(5)).isEqualTo(scripted(5)).isNotEqualTo(scripted(6));
  }

  private static String scripted(long seed) {
    TestStream test = TestStream.of(StreamSettings.seeded(seed), 2);
    test.fill(20);
    test.script().split(test.onlyShard());
    test.fill(20);
    Reading reading = test.reading();
    StringBuilder all = new StringBuilder();
    for (Shard shard : reading.shards()) {
      all.append(shard).append(reading.records(shard.shardId()));
    }
    return all.toString();
  }

  @Test
  void sequenceNumbersGrowFrom21To40Digits() {
    TestStream test = TestStream.of(StreamSettings.seeded(3).digits(5), 1);
    test.fill(120);

    List<Record> records = test.reading().records(test.onlyShard().shard().value());
    List<String> numbers = Reading.numbers(records);

    assertThat(numbers).extracting(String::length).contains(21, 30, 40).isSorted();
    assertThat(numbers).allMatch(number -> number.length() <= 40);
    assertThat(numbers.stream().map(SequenceNumber::parse)).isSorted().doesNotHaveDuplicates();
    String text = numbers.get(60);
    Reading reading = test.reading();
    assertThat(
            reading.from(
                reading.iterator(
                    test.onlyShard().shard().value(),
                    ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                    text)))
        .hasSize(59);
  }

  @Test
  void aPageHoldsNoMoreThanItsBytesButAlwaysOneRecord() {
    TestStream small = TestStream.of(StreamSettings.seeded(1).pages(1_000, 40), 1);
    small.put("a", "12345");
    small.put("b", "12345");
    small.put("c", "12345");
    small.put("d", "x".repeat(100));
    Reading reading = small.reading();
    String shard = small.onlyShard().shard().value();

    String start = reading.iterator(shard, ShardIteratorType.TRIM_HORIZON);
    assertThat(reading.page(start).records()).hasSize(3);
    assertThat(reading.page(start).records().get(0).dynamodb().sizeBytes()).isEqualTo(12);
    String next = reading.page(start).nextShardIterator();
    assertThat(reading.page(next).records()).hasSize(1);
    assertThat(reading.records(shard)).hasSize(4);
  }

  @Test
  void aPageOfAwsHoldsAtMostAThousandRecords() {
    TestStream test = TestStream.ofOneShard();
    test.fill(1_500);
    Reading reading = test.reading();
    String start =
        reading.iterator(test.onlyShard().shard().value(), ShardIteratorType.TRIM_HORIZON);

    assertThat(reading.page(start).records()).hasSize(1_000);
  }

  @Test
  void rawRecordsReachTheReaderAsTheyAre() {
    TestStream test = TestStream.ofOneShard();
    test.script()
        .appendRaw(
            test.onlyShard(),
            "a",
            (number, id) ->
                """
                {"eventID":"%s","eventName":"RENAME","dynamodb":{"SequenceNumber":"%s",
                "ApproximateCreationDateTime":1.7E9,"Keys":{"PK":{"X":"a"}}}}"""
                    .formatted(id, number));

    Record record = test.reading().records(test.onlyShard().shard().value()).get(0);

    assertThatThrownBy(() -> StreamRecordDecoder.decode(record))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("RENAME");
    assertThat(test.script().account().of(test.onlyShard()))
        .extracting(Account.Line::operation)
        .containsExactly("RAW");
  }

  @Test
  void aDisabledStreamStaysReadableAndTheNextHasANewName() {
    TestStream test = TestStream.of(StreamSettings.seeded(1), 2);
    test.fill(10);
    Reading before = test.reading();
    test.script().disable();

    assertThat(test.script().openShards()).isEmpty();
    assertThat(
            before
                .streams()
                .describeStream(r -> r.streamArn(before.arn()))
                .streamDescription()
                .streamStatus())
        .isEqualTo(StreamStatus.DISABLED);
    assertThat(read(before)).isEqualTo(10);
    assertThatThrownBy(() -> test.put("late", "1")).hasMessageContaining("enable it first");

    StreamLabel label = test.script().enable(1);
    test.fill(3);
    Reading after = test.reading();

    assertThat(after.arn()).endsWith(label.value()).isNotEqualTo(before.arn());
    assertThat(read(after)).isEqualTo(3);
    assertThat(read(before)).isEqualTo(10);
    assertThat(after.shards().get(0).parentShardId()).isNull();
    assertThat(after.streams().listStreams(r -> r.limit(1)).lastEvaluatedStreamArn())
        .isEqualTo(before.arn());
    assertThat(
            after
                .streams()
                .listStreams(r -> r.exclusiveStartStreamArn(before.arn()))
                .streams()
                .get(0)
                .streamArn())
        .isEqualTo(after.arn());
  }

  private static int read(Reading reading) {
    return reading.shards().stream().mapToInt(s -> reading.records(s.shardId()).size()).sum();
  }

  @Test
  void aForgottenStreamIsNotFoundAndItsRecordsAreAccountedFor() {
    TestStream test = TestStream.ofOneShard();
    test.fill(4);
    Reading before = test.reading();
    StreamShard shard = test.onlyShard();
    test.script().disable();
    test.script().forget(shard.stream());

    assertThatThrownBy(before::shards).isInstanceOf(ResourceNotFoundException.class);
    assertThat(test.script().account().losses())
        .extracting(Account.Loss::shard, Account.Loss::records)
        .containsExactly(tuple(shard, 4L));
    assertThat(test.script().account().of(shard)).hasSize(4);
  }

  @Test
  void aVanishedShardIsNeitherListedNorFound() {
    TestStream test = TestStream.ofOneShard();
    test.fill(2);
    StreamShard parent = test.onlyShard();
    StreamShard child = test.script().roll(parent);
    Reading reading = test.reading();
    String iterator = reading.iterator(parent.shard().value(), ShardIteratorType.TRIM_HORIZON);
    test.script().vanish(parent);

    assertThat(reading.shards())
        .singleElement()
        .satisfies(shard -> assertThat(shard.shardId()).isEqualTo(child.shard().value()))
        .satisfies(shard -> assertThat(shard.parentShardId()).isEqualTo(parent.shard().value()));
    assertThatThrownBy(() -> reading.page(iterator)).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () -> reading.iterator(parent.shard().value(), ShardIteratorType.TRIM_HORIZON))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void anUnlistedShardIsStillReadable() {
    TestStream test = TestStream.ofOneShard();
    test.fill(2);
    StreamShard child = test.script().roll(test.onlyShard());
    test.script().unlist(child);

    assertThat(test.reading().shards()).hasSize(1);
    assertThat(test.reading().records(child.shard().value())).isEmpty();
    test.script().relist(child);
    assertThat(test.reading().shards()).hasSize(2);
  }

  @Test
  void whoReadsWhileRecordsAreWithheldGetsEmptyPagesAndThenAll() {
    TestStream test = TestStream.ofOneShard();
    test.fill(5);
    test.script().roll(test.onlyShard());
    Reading reading = test.reading();
    String start =
        reading.iterator(reading.shards().get(0).shardId(), ShardIteratorType.TRIM_HORIZON);
    test.script().give(Giving.NONE);
    GetRecordsResponse nothing = reading.page(start);
    test.script().give(Giving.ALL);

    assertThat(nothing.records()).isEmpty();
    assertThat(reading.from(nothing.nextShardIterator())).hasSize(5);
  }

  @Test
  void aRecordWrittenBeforehandIsGivenWhenItsTimeHasCome() {
    TestStream test = TestStream.ofOneShard();
    test.script().give(Giving.DUE);
    test.put("a", "1");
    test.pass(Duration.ofMillis(20));
    test.put("b", "2");
    test.put("c", "3");
    StreamShard parent = test.onlyShard();
    test.script().roll(parent);
    Reading reading = test.reading();
    test.time().set(TestStream.START);
    String start = reading.iterator(parent.shard().value(), ShardIteratorType.TRIM_HORIZON);

    GetRecordsResponse early = reading.page(start);
    assertThat(early.records()).hasSize(1);
    test.pass(Duration.ofMillis(19));
    GetRecordsResponse soon = reading.page(early.nextShardIterator());
    assertThat(soon.records()).isEmpty();
    test.pass(Duration.ofMillis(1));
    GetRecordsResponse then = reading.page(soon.nextShardIterator());
    assertThat(then.records()).hasSize(2);
    assertThat(then.nextShardIterator()).isNull();
  }

  @Test
  void describeStreamIsPagedAtTheSettingsSize() {
    TestStream test = TestStream.of(StreamSettings.seeded(1).pagesOfShards(2), 5);
    Reading reading = test.reading();
    List<Shard> first = reading.shards();

    assertThat(first).hasSize(2);
    test.script().vanish(test.script().openShards().get(1));
    assertThat(
            reading
                .streams()
                .describeStream(
                    r -> r.streamArn(reading.arn()).exclusiveStartShardId(first.get(1).shardId()))
                .streamDescription()
                .shards())
        .as("goes on behind a shard that is gone by now")
        .hasSize(2);
  }

  @Test
  void theAccountHoldsEverythingInOrder() {
    TestStream test = TestStream.of(StreamSettings.seeded(9), 4);
    IntStream.range(0, 50).forEach(i -> test.put("k" + i % 5, "" + i));
    Reading reading = test.reading();

    Account account = test.script().account();
    assertThat(account.records()).isEqualTo(50);
    for (StreamShard shard : account.shards()) {
      List<String> read = Reading.numbers(reading.records(shard.shard().value()));
      assertThat(account.of(shard))
          .extracting(Account.Line::sequenceNumber)
          .isEqualTo(read.stream().map(SequenceNumber::parse).toList());
    }
    assertThat(account.of(account.shards().get(0)).get(0).key()).startsWith("{\"PK\":{\"S\":\"k");
  }
}
