package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What of a stream can still be read, asked as a worker would. */
public final class StreamRecords {
  /** Pages may be empty before a record; so many in a row mean that there is none. */
  private static final int MOST_EMPTY_PAGES = 10;

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final StreamShards shards;

  /** The records of one stream. */
  public StreamRecords(AwsClients aws, String streamArn, InstantSource clock) {
    this.streams = aws.streams();
    this.streamArn = streamArn;
    this.shards = new StreamShards(aws.streams(), streamArn, clock);
  }

  /** Whether a stream has records. */
  public enum Holding {
    /** It has them from there on. */
    HELD,
    /** It has forgotten what comes there. */
    TRIMMED,
    /** It does not know the shard any more. */
    SHARD_GONE
  }

  /** The shards that the stream lists, each with those that continue it. */
  public Map<ShardId, Set<ShardId>> children() {
    Map<ShardId, Shard> listed = shards.listed();
    Map<ShardId, Set<ShardId>> children = new HashMap<>();
    listed.keySet().forEach(id -> children.put(id, new HashSet<>()));
    listed.forEach(
        (id, shard) ->
            Optional.ofNullable(shard.parentShardId())
                .map(ShardId::new)
                .map(children::get)
                .ifPresent(siblings -> siblings.add(id)));
    return children;
  }

  /** Whether a shard can be read from a record on. */
  public Holding holds(ShardId shard, SequenceNumber record) {
    try {
      streams.getShardIterator(
          request(shard, ShardIteratorType.AT_SEQUENCE_NUMBER).toBuilder()
              .sequenceNumber(record.spelled())
              .build());
      return Holding.HELD;
    } catch (TrimmedDataAccessException e) {
      return Holding.TRIMMED;
    } catch (ResourceNotFoundException e) {
      return Holding.SHARD_GONE;
    }
  }

  /**
   * Reads the records of a shard from one to another, in their order.
   *
   * @param records gets each of them; fewer, if the stream does not go on as far
   */
  public void read(
      ShardId shard,
      SequenceNumber from,
      SequenceNumber to,
      Consumer<software.amazon.awssdk.services.dynamodb.model.Record> records) {
    @Nullable String iterator =
        streams
            .getShardIterator(
                request(shard, ShardIteratorType.AT_SEQUENCE_NUMBER).toBuilder()
                    .sequenceNumber(from.spelled())
                    .build())
            .shardIterator();
    int empty = 0;
    while (iterator != null && empty < MOST_EMPTY_PAGES) {
      String at = iterator;
      GetRecordsResponse page = streams.getRecords(request -> request.shardIterator(at));
      empty = page.records().isEmpty() ? empty + 1 : 0;
      for (software.amazon.awssdk.services.dynamodb.model.Record record : page.records()) {
        if (SequenceNumber.parse(record.dynamodb().sequenceNumber()).isAfter(to)) {
          return;
        }
        records.accept(record);
      }
      iterator = page.nextShardIterator();
    }
  }

  /** When the oldest record was made that a shard still has; empty if it has none. */
  public Optional<Instant> oldest(ShardId shard) {
    try {
      String iterator =
          streams.getShardIterator(request(shard, ShardIteratorType.TRIM_HORIZON)).shardIterator();
      return streams.getRecords(page -> page.shardIterator(iterator).limit(1)).records().stream()
          .findFirst()
          .map(software.amazon.awssdk.services.dynamodb.model.Record::dynamodb)
          .map(StreamRecord::approximateCreationDateTime);
    } catch (TrimmedDataAccessException | ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private GetShardIteratorRequest request(ShardId shard, ShardIteratorType type) {
    return GetShardIteratorRequest.builder()
        .streamArn(streamArn)
        .shardId(shard.value())
        .shardIteratorType(type)
        .build();
  }
}
