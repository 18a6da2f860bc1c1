package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.DynamoDBStreamsDataFetcher;
import dev.afterbay.transforms.change.ShardId;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.kinesis.retrieval.DataFetcherProviderConfig;
import software.amazon.kinesis.retrieval.GetRecordsResponseAdapter;

/** One shard's pages, each asked for when there is room for it in the heap. */
class LimitedPages extends DynamoDBStreamsDataFetcher {
  private final ShardId shard;
  private final PageRoom room;
  private PageRoom.@Nullable Place place;

  LimitedPages(
      AmazonDynamoDBStreamsAdapterClient streams, DataFetcherProviderConfig fetch, PageRoom room) {
    super(streams, fetch);
    this.shard = new ShardId(fetch.getShardId());
    this.room = room;
  }

  @Override
  public GetRecordsRequest ddbGetRecordsRequest(String iterator) {
    PageRoom.Place taken = room.take(shard);
    place = taken;
    return super.ddbGetRecordsRequest(iterator).toBuilder().limit(taken.limit()).build();
  }

  @Override
  public GetRecordsResponseAdapter getGetRecordsResponse(GetRecordsRequest request)
      throws ExecutionException, InterruptedException, TimeoutException {
    PageRoom.Place taken = Objects.requireNonNull(place, "asked for without a place");
    try {
      GetRecordsResponseAdapter response = super.getGetRecordsResponse(request);
      if (response instanceof StreamPage page) {
        page.takes(taken);
      }
      return response;
    } finally {
      taken.leaveIfEmpty();
    }
  }
}
