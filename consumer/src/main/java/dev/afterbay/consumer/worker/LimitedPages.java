package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.DynamoDBStreamsDataFetcher;
import dev.afterbay.transforms.change.ShardId;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.kinesis.retrieval.DataFetcherProviderConfig;
import software.amazon.kinesis.retrieval.GetRecordsResponseAdapter;

/** One shard's pages, none of them larger than its share of the heap. */
class LimitedPages extends DynamoDBStreamsDataFetcher {
  private final ShardId shard;
  private final PageLimit limit;

  LimitedPages(
      AmazonDynamoDBStreamsAdapterClient streams,
      DataFetcherProviderConfig fetch,
      PageLimit limit) {
    super(streams, fetch);
    this.shard = new ShardId(fetch.getShardId());
    this.limit = limit;
  }

  @Override
  public GetRecordsRequest ddbGetRecordsRequest(String iterator) {
    return super.ddbGetRecordsRequest(iterator).toBuilder().limit(limit.next(shard)).build();
  }

  @Override
  public GetRecordsResponseAdapter getGetRecordsResponse(GetRecordsRequest request)
      throws ExecutionException, InterruptedException, TimeoutException {
    GetRecordsResponseAdapter response = super.getGetRecordsResponse(request);
    if (response instanceof StreamPage page) {
      limit.seen(shard, page.size(), page.weight());
    }
    if (response.nextShardIterator() == null) {
      limit.closed(shard);
    }
    return response;
  }
}
