package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.pipeline.Lineage.Parent;
import dev.afterbay.consumer.pipeline.Lineage.Standing;
import dev.afterbay.transforms.change.ShardId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

final class StreamShardsTest {
  private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/x";
  private static final ShardId PARENT = new ShardId("shardId-parent");
  private static final ShardId CHILD = new ShardId("shardId-child");

  @Test
  void aChildContinuesItsParentOnAnotherPageOfTheListing() {
    StreamShards shards = shards(shard(PARENT, null), child());

    assertThat(shards.parentOf(CHILD)).contains(new Parent(PARENT, Standing.LISTED));
    assertThat(shards.parentOf(PARENT)).isEmpty();
    assertThat(shards.roots()).containsExactly(PARENT);
  }

  @Test
  void aParentThatTheStreamHasForgottenIsKnownByItsName() {
    StreamShards shards = shards(child());

    assertThat(shards.parentOf(CHILD)).contains(new Parent(PARENT, Standing.FORGOTTEN));
    assertThat(shards.roots()).containsExactly(CHILD);
  }

  @Test
  void aShardThatIsNotListedContinuesNothing() {
    assertThat(shards(child()).parentOf(PARENT)).isEmpty();
  }

  private StreamShards shards(Shard... shards) {
    return new StreamShards(new OneShardPages(List.of(shards)), ARN, () -> Instant.EPOCH);
  }

  private static Shard child() {
    return shard(CHILD, PARENT.value());
  }

  private static Shard shard(ShardId id, @Nullable String parent) {
    return Shard.builder().shardId(id.value()).parentShardId(parent).build();
  }

  /** A stream whose listing has one shard a page. */
  private record OneShardPages(List<Shard> shards) implements DynamoDbStreamsClient {
    @Override
    public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
      assertThat(request.streamArn()).isEqualTo(ARN);
      int page =
          1 + shards.stream().map(Shard::shardId).toList().indexOf(request.exclusiveStartShardId());
      Shard shard = shards.get(page);
      return DescribeStreamResponse.builder()
          .streamDescription(
              StreamDescription.builder()
                  .shards(shard)
                  .lastEvaluatedShardId(page + 1 < shards.size() ? shard.shardId() : null)
                  .build())
          .build();
    }

    @Override
    public String serviceName() {
      return "streams";
    }

    @Override
    public void close() {}
  }
}
