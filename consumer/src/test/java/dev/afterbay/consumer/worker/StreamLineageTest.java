package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

final class StreamLineageTest {
  private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/x";
  private static final ShardId PARENT = new ShardId("shardId-parent");
  private static final ShardId CHILD = new ShardId("shardId-child");

  @Test
  void aChildContinuesItsParentOnAnotherPageOfTheListing() {
    StreamLineage lineage = lineage(shard(PARENT, null), child());

    assertThat(lineage.of(in(CHILD))).contains(PARENT);
    assertThat(lineage.of(in(PARENT))).isEmpty();
  }

  @Test
  void aParentThatTheStreamHasForgottenIsNone() {
    StreamLineage lineage = lineage(child());

    assertThat(lineage.of(in(CHILD))).isEmpty();
  }

  private StreamLineage lineage(Shard... shards) {
    return new StreamLineage(new OneShardPages(List.of(shards)), ARN);
  }

  private static StreamShard in(ShardId shard) {
    return new StreamShard(
        new TableName("Orders"), new StreamLabel("2026-11-21T04:00:00.000"), shard);
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
