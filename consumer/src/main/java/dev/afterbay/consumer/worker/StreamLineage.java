package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.pipeline.TablePipelines.Parents;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What the shards of a stream continue, as the stream itself tells. */
final class StreamLineage implements Parents {
  private final DynamoDbStreamsClient streams;
  private final String streamArn;

  StreamLineage(DynamoDbStreamsClient streams, String streamArn) {
    this.streams = streams;
    this.streamArn = streamArn;
  }

  @Override
  public Optional<ShardId> of(StreamShard shard) {
    Map<String, Optional<String>> parents = new HashMap<>();
    @Nullable String last = null;
    do {
      String after = last;
      StreamDescription page =
          streams
              .describeStream(request -> request.streamArn(streamArn).exclusiveStartShardId(after))
              .streamDescription();
      page.shards()
          .forEach(
              listed -> parents.put(listed.shardId(), Optional.ofNullable(listed.parentShardId())));
      last = page.lastEvaluatedShardId();
    } while (last != null);
    return parents
        .getOrDefault(shard.shard().value(), Optional.empty())
        .filter(parents::containsKey)
        .map(ShardId::new);
  }
}
