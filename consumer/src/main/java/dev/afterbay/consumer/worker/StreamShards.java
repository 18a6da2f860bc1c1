package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.pipeline.Lineage;
import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The shards of one stream, as the stream itself lists them. */
final class StreamShards implements Lineage {
  private static final Duration STALE = Duration.ofSeconds(5);

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final InstantSource clock;
  private Map<ShardId, Shard> known = Map.of();
  private Instant knownAt = Instant.EPOCH;

  StreamShards(DynamoDbStreamsClient streams, String streamArn, InstantSource clock) {
    this.streams = streams;
    this.streamArn = streamArn;
    this.clock = clock;
  }

  /**
   * A listed shard; empty if the stream does not list it. Asked for many shards at once when a
   * worker starts, it lists the stream once.
   */
  synchronized Optional<Shard> find(ShardId shard) {
    Instant now = clock.instant();
    if (!known.containsKey(shard) || now.isAfter(knownAt.plus(STALE))) {
      known = listed();
      knownAt = now;
    }
    return Optional.ofNullable(known.get(shard));
  }

  /** The shards that the stream lists now. */
  Map<ShardId, Shard> listed() {
    Map<ShardId, Shard> listed = new LinkedHashMap<>();
    @Nullable String last = null;
    do {
      String after = last;
      StreamDescription page =
          streams
              .describeStream(request -> request.streamArn(streamArn).exclusiveStartShardId(after))
              .streamDescription();
      page.shards().forEach(shard -> listed.put(new ShardId(shard.shardId()), shard));
      last = page.lastEvaluatedShardId();
    } while (last != null);
    return listed;
  }

  /** The listed shards whose parents are not listed. */
  Set<ShardId> roots() {
    Map<ShardId, Shard> listed = listed();
    return listed.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().parentShardId() == null
                    || !listed.containsKey(new ShardId(entry.getValue().parentShardId())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Whether the stream still lets a shard be read, whether it lists it or not. */
  boolean readable(ShardId shard) {
    try {
      streams.getShardIterator(
          request ->
              request
                  .streamArn(streamArn)
                  .shardId(shard.value())
                  .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  @Override
  public synchronized Optional<Parent> parentOf(ShardId shard) {
    return find(shard)
        .map(Shard::parentShardId)
        .map(ShardId::new)
        .map(
            parent ->
                new Parent(
                    parent, known.containsKey(parent) ? Standing.LISTED : Standing.FORGOTTEN));
  }
}
