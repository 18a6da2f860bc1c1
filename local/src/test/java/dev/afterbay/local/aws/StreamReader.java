package dev.afterbay.local.aws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads one stream as a test needs it. */
record StreamReader(DynamoDbStreamsClient streams, String arn) {

  /** Parents before children: the engine sorts by name, and two shards of a millisecond tie. */
  List<Shard> shards() {
    return streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards().stream()
        .sorted(Comparator.comparing(shard -> shard.sequenceNumberRange().startingSequenceNumber()))
        .toList();
  }

  String onlyShard() {
    return shards().get(0).shardId();
  }

  String iterator(String shard, ShardIteratorType type) {
    return streams
        .getShardIterator(r -> r.streamArn(arn).shardId(shard).shardIteratorType(type))
        .shardIterator();
  }

  GetRecordsResponse read(String iterator) {
    return streams.getRecords(r -> r.shardIterator(iterator));
  }

  /** What the shard holds now. */
  List<Record> records(String shard) {
    List<Record> all = new ArrayList<>();
    String iterator = iterator(shard, ShardIteratorType.TRIM_HORIZON);
    while (iterator != null) {
      GetRecordsResponse page = read(iterator);
      all.addAll(page.records());
      iterator = page.records().isEmpty() ? null : page.nextShardIterator();
    }
    return all;
  }

  List<Record> records() {
    return records(onlyShard());
  }
}
