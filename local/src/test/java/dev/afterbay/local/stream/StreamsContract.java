package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.transforms.change.SequenceNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardFilterType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** What every stand-in for DynamoDB Streams has to do. */
abstract class StreamsContract {

  /** A table with the string key {@code PK}, whose stream has one shard and no record yet. */
  interface Table {
    Reading stream();

    String name();

    void put(String key, String value);

    void delete(String key);

    /** Ends the open shard and opens its child. */
    void roll();
  }

  abstract Table table();

  @Test
  void everyChangeArrivesOnceInOrderAndWithItsImages() {
    Table table = table();
    table.put("a", "1");
    table.put("a", "2");
    table.delete("a");

    List<Record> records = table.stream().records(onlyShard(table));

    assertThat(records)
        .extracting(Record::eventName)
        .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
    Map<String, AttributeValue> key = Map.of("PK", AttributeValue.fromS("a"));
    assertThat(records).allSatisfy(r -> assertThat(r.dynamodb().keys()).isEqualTo(key));
    assertThat(records.get(0).dynamodb().hasOldImage()).isFalse();
    assertThat(records.get(1).dynamodb().oldImage()).isEqualTo(item("a", "1"));
    assertThat(records.get(1).dynamodb().newImage()).isEqualTo(item("a", "2"));
    assertThat(records.get(2).dynamodb().oldImage()).isEqualTo(item("a", "2"));
    assertThat(records.get(2).dynamodb().hasNewImage()).isFalse();
  }

  @Test
  void aRecordTellsWhereItComesFrom() {
    Table table = table();
    table.put("a", "1");

    Record record = table.stream().records(onlyShard(table)).get(0);

    assertThat(record.eventSource()).isEqualTo("aws:dynamodb");
    assertThat(record.awsRegion()).isEqualTo("us-east-1");
    assertThat(record.eventVersion()).isEqualTo("1.1");
    assertThat(record.eventID()).isNotBlank();
    assertThat(record.userIdentity()).isNull();
    assertThat(record.dynamodb().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    assertThat(record.dynamodb().sizeBytes()).isPositive();
    assertThat(record.dynamodb().approximateCreationDateTime().getNano()).isZero();
  }

  @Test
  void aWriteThatChangesNothingIsNoRecord() {
    Table table = table();
    table.put("a", "1");
    table.put("a", "1");

    assertThat(table.stream().records(onlyShard(table))).hasSize(1);
  }

  @Test
  void sequenceNumbersHaveAtLeast21DigitsAndRise() {
    Table table = filled(5);

    List<String> numbers = Reading.numbers(table.stream().records(onlyShard(table)));

    assertThat(numbers).allMatch(number -> number.matches("[0-9]{21,40}"));
    assertThat(numbers.stream().map(SequenceNumber::parse)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aPageEndsAtTheLimitAndTheNextIteratorGoesOn() {
    Table table = filled(5);
    Reading stream = table.stream();
    String start = stream.iterator(onlyShard(table), ShardIteratorType.TRIM_HORIZON);

    GetRecordsResponse page = stream.streams().getRecords(r -> r.shardIterator(start).limit(2));

    assertThat(values(page.records())).containsExactly("0", "1");
    assertThat(values(stream.from(page.nextShardIterator()))).containsExactly("2", "3", "4");
  }

  @Test
  void anIteratorCanBeReadTwice() {
    Table table = filled(2);
    Reading stream = table.stream();
    String start = stream.iterator(onlyShard(table), ShardIteratorType.TRIM_HORIZON);

    assertThat(stream.page(start).records()).hasSize(2).isEqualTo(stream.page(start).records());
  }

  @Test
  void aReaderBeginsAtOrAfterASequenceNumber() {
    Table table = filled(4);
    Reading stream = table.stream();
    String shard = onlyShard(table);
    String second = Reading.numbers(stream.records(shard)).get(1);

    String at = stream.iterator(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, second);
    String after = stream.iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, second);

    assertThat(values(stream.from(at))).containsExactly("1", "2", "3");
    assertThat(values(stream.from(after))).containsExactly("2", "3");
  }

  @Test
  void theLatestIsWhatComesLater() {
    Table table = filled(2);
    Reading stream = table.stream();
    String latest = stream.iterator(onlyShard(table), ShardIteratorType.LATEST);
    table.put("later", "5");

    assertThat(values(stream.from(latest))).containsExactly("5");
  }

  @Test
  void anOpenShardAlwaysGivesANextIterator() {
    Table table = table();
    Reading stream = table.stream();
    GetRecordsResponse empty =
        stream.page(stream.iterator(onlyShard(table), ShardIteratorType.TRIM_HORIZON));
    assertThat(empty.records()).isEmpty();
    table.put("a", "1");

    GetRecordsResponse page = stream.page(empty.nextShardIterator());

    assertThat(values(page.records())).containsExactly("1");
    assertThat(page.nextShardIterator()).isNotNull();
  }

  @Test
  void aClosedShardIsReadToItsEndAndItsChildGoesOn() {
    Table table = filled(2);
    String parent = onlyShard(table);
    table.roll();
    table.put("later", "2");
    Reading stream = table.stream();
    List<Shard> shards = stream.shards();

    assertThat(shards).hasSize(2);
    assertThat(shards.get(0).sequenceNumberRange().endingSequenceNumber()).isNotNull();
    assertThat(shards.get(1).parentShardId()).isEqualTo(parent);
    assertThat(shards.get(1).sequenceNumberRange().endingSequenceNumber()).isNull();
    assertThat(values(readToTheEnd(stream, parent))).containsExactly("0", "1");
    assertThat(values(stream.records(shards.get(1).shardId()))).containsExactly("2");
    SequenceNumber last = last(stream.records(parent));
    assertThat(last(stream.records(shards.get(1).shardId())).isAfter(last)).isTrue();
  }

  @Test
  void behindTheLastRecordOfAClosedShardThereIsNothing() {
    Table table = filled(2);
    Reading stream = table.stream();
    String shard = onlyShard(table);
    String last = Reading.numbers(stream.records(shard)).get(1);
    table.roll();

    String after = stream.iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, last);
    String latest = stream.iterator(shard, ShardIteratorType.LATEST);

    assertThat(stream.page(after).records()).isEmpty();
    assertThat(stream.page(after).nextShardIterator()).isNull();
    assertThat(stream.page(latest).nextShardIterator()).isNull();
  }

  @Test
  void onlyTheChildrenOfAShardAreListedOnDemand() {
    Table table = table();
    table.roll();
    table.roll();
    Reading stream = table.stream();
    List<Shard> all = stream.shards();

    for (int i = 0; i < 3; i++) {
      String parent = all.get(i).shardId();
      List<Shard> children =
          stream
              .streams()
              .describeStream(
                  r ->
                      r.streamArn(stream.arn())
                          .shardFilter(f -> f.type(ShardFilterType.CHILD_SHARDS).shardId(parent)))
              .streamDescription()
              .shards();
      assertThat(children).isEqualTo(all.subList(Math.min(i + 1, 3), Math.min(i + 2, 3)));
    }
  }

  @Test
  void shardsComeInPages() {
    Table table = table();
    table.roll();
    table.roll();
    Reading stream = table.stream();
    List<Shard> paged = new ArrayList<>();
    String last = null;
    do {
      String from = last;
      StreamDescription page =
          stream
              .streams()
              .describeStream(r -> r.streamArn(stream.arn()).limit(1).exclusiveStartShardId(from))
              .streamDescription();
      assertThat(page.shards()).hasSize(1);
      paged.addAll(page.shards());
      last = page.lastEvaluatedShardId();
    } while (last != null);

    assertThat(paged).isEqualTo(stream.shards()).hasSize(3);
  }

  @Test
  void aStreamIsDescribedAndListed() {
    Table table = table();
    Reading stream = table.stream();

    StreamDescription described =
        stream.streams().describeStream(r -> r.streamArn(stream.arn())).streamDescription();

    assertThat(described.streamStatus()).isEqualTo(StreamStatus.ENABLED);
    assertThat(described.streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    assertThat(described.tableName()).isEqualTo(table.name());
    assertThat(stream.arn()).endsWith("/stream/" + described.streamLabel());
    assertThat(described.keySchema().get(0).attributeName()).isEqualTo("PK");
    assertThat(described.keySchema().get(0).keyType()).isEqualTo(KeyType.HASH);
    assertThat(described.creationRequestDateTime()).isNotNull();
    assertThat(stream.streams().listStreams(r -> r.tableName(table.name())).streams())
        .singleElement()
        .satisfies(
            listed -> {
              assertThat(listed.streamArn()).isEqualTo(stream.arn());
              assertThat(listed.streamLabel()).isEqualTo(described.streamLabel());
              assertThat(listed.tableName()).isEqualTo(table.name());
            });
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    Table table = table();
    Reading stream = table.stream();
    Reading missing = new Reading(stream.streams(), stream.arn() + "9");

    assertThatThrownBy(missing::shards).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () ->
                stream.iterator(
                    onlyShard(table).replace("shardId-0", "shardId-1"),
                    ShardIteratorType.TRIM_HORIZON))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Table table = filled(1);
    Reading stream = table.stream();
    String shard = onlyShard(table);
    String start = stream.iterator(shard, ShardIteratorType.TRIM_HORIZON);

    assertThatThrownBy(() -> stream.page("nonsense")).satisfies(StreamsContract::isTheClientsFault);
    assertThatThrownBy(() -> stream.streams().getRecords(r -> r.shardIterator(start).limit(1_001)))
        .satisfies(StreamsContract::isTheClientsFault);
    assertThatThrownBy(() -> stream.iterator(shard, ShardIteratorType.AT_SEQUENCE_NUMBER))
        .satisfies(StreamsContract::isTheClientsFault);
  }

  private static void isTheClientsFault(Throwable thrown) {
    assertThat(thrown).isInstanceOf(DynamoDbException.class);
    assertThat(((DynamoDbException) thrown).statusCode()).isEqualTo(400);
  }

  private Table filled(int records) {
    Table table = table();
    IntStream.range(0, records).forEach(i -> table.put("a", "" + i));
    return table;
  }

  static Map<String, AttributeValue> item(String key, String value) {
    return Map.of("PK", AttributeValue.fromS(key), "V", AttributeValue.fromS(value));
  }

  static String onlyShard(Table table) {
    return table.stream().shards().get(0).shardId();
  }

  private static List<String> values(List<Record> records) {
    return records.stream()
        .map(record -> Objects.requireNonNull(record.dynamodb().newImage().get("V")).s())
        .toList();
  }

  private static SequenceNumber last(List<Record> records) {
    return SequenceNumber.parse(records.get(records.size() - 1).dynamodb().sequenceNumber());
  }

  private static List<Record> readToTheEnd(Reading stream, String shard) {
    List<Record> all = new ArrayList<>();
    String iterator = stream.iterator(shard, ShardIteratorType.TRIM_HORIZON);
    while (iterator != null) {
      GetRecordsResponse page = stream.page(iterator);
      all.addAll(page.records());
      iterator = page.nextShardIterator();
    }
    return all;
  }
}
