package dev.afterbay.local.workload;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads all that the streams of a table hold, without any part of the worker. */
public final class StreamCount {
  /** Pages that may be empty before an open shard counts as read to its end. */
  private static final int EMPTY_PAGES = 3;

  private final DynamoDbStreamsClient client;

  public StreamCount(DynamoDbStreamsClient client) {
    this.client = client;
  }

  /** Every record from the oldest on, of all streams that the table has had. */
  public Records read(TableName table) {
    Records records = new Records(table, new ArrayList<>(), new ArrayList<>());
    forEach(
        table,
        (shard, record) -> {
          records.add(shard, record);
          return true;
        });
    return records;
  }

  /**
   * Shows every record that {@link #read} counts, each shard in its order.
   *
   * @param visitor says whether it wants more of the shard; of one that is written to all the time
   *     there is always more
   */
  public void forEach(TableName table, BiPredicate<StreamShard, Record> visitor) {
    for (var stream : client.listStreams(r -> r.tableName(table.value())).streams()) {
      StreamLabel label = new StreamLabel(stream.streamLabel());
      for (Shard shard : shards(stream.streamArn())) {
        read(
            stream.streamArn(),
            new StreamShard(table, label, new ShardId(shard.shardId())),
            visitor);
      }
    }
  }

  private List<Shard> shards(String arn) {
    List<Shard> shards = new ArrayList<>();
    String last = null;
    do {
      String from = last;
      StreamDescription page =
          client
              .describeStream(r -> r.streamArn(arn).exclusiveStartShardId(from))
              .streamDescription();
      shards.addAll(page.shards());
      last = page.lastEvaluatedShardId();
    } while (last != null);
    return shards;
  }

  private void read(String arn, StreamShard shard, BiPredicate<StreamShard, Record> visitor) {
    @Nullable String iterator =
        client
            .getShardIterator(
                r ->
                    r.streamArn(arn)
                        .shardId(shard.shard().value())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    int empty = 0;
    while (iterator != null && empty < EMPTY_PAGES) {
      String from = iterator;
      GetRecordsResponse page = client.getRecords(r -> r.shardIterator(from));
      empty = page.records().isEmpty() ? empty + 1 : 0;
      for (Record record : page.records()) {
        if (!visitor.test(shard, record)) {
          return;
        }
      }
      iterator = page.nextShardIterator();
    }
  }

  /** Where a record stands. */
  public record Position(StreamShard shard, SequenceNumber sequenceNumber) {}

  /**
   * What the streams of a table hold.
   *
   * @param all every record, in the order of its shard
   * @param removedByTtl those of them that time-to-live caused
   */
  public record Records(TableName table, List<Position> all, List<Position> removedByTtl) {
    private void add(StreamShard shard, Record record) {
      Position position =
          new Position(shard, SequenceNumber.parse(record.dynamodb().sequenceNumber()));
      all.add(position);
      if (record.userIdentity() != null && "Service".equals(record.userIdentity().type())) {
        removedByTtl.add(position);
      }
    }
  }
}
