package dev.afterbay.local.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** One stream, read as a test needs it. */
record Reading(DynamoDbStreamsClient streams, String arn) {

  List<Shard> shards() {
    return streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards();
  }

  String iterator(String shard, ShardIteratorType type) {
    return streams
        .getShardIterator(r -> r.streamArn(arn).shardId(shard).shardIteratorType(type))
        .shardIterator();
  }

  String iterator(String shard, ShardIteratorType type, String number) {
    return streams
        .getShardIterator(
            r -> r.streamArn(arn).shardId(shard).shardIteratorType(type).sequenceNumber(number))
        .shardIterator();
  }

  GetRecordsResponse page(String iterator) {
    return streams.getRecords(r -> r.shardIterator(iterator));
  }

  /** What the shard holds now. */
  List<Record> records(String shard) {
    List<Record> all = new ArrayList<>();
    String iterator = iterator(shard, ShardIteratorType.TRIM_HORIZON);
    while (true) {
      List<Record> page = page(iterator).records();
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      String last = page.get(page.size() - 1).dynamodb().sequenceNumber();
      iterator = iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, last);
    }
  }

  /** What is to be read from an iterator on. */
  List<Record> from(@Nullable String iterator) {
    List<Record> all = new ArrayList<>();
    while (iterator != null) {
      GetRecordsResponse page = page(iterator);
      all.addAll(page.records());
      iterator = page.records().isEmpty() ? null : page.nextShardIterator();
    }
    return all;
  }

  static List<String> numbers(List<Record> records) {
    return records.stream().map(record -> record.dynamodb().sequenceNumber()).toList();
  }
}
