package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsGetRecordsResponseAdapter;
import com.amazonaws.services.dynamodbv2.streamsadapter.util.AmazonServiceExceptionTransformer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * DynamoDB Streams as KCL sees it. Unlike the adapter's own client it never jumps over trimmed
 * records, and it does not write each record as JSON, four times a page, for nobody to read.
 */
final class StreamsAdapter extends AmazonDynamoDBStreamsAdapterClient {
  /**
   * A thread for each shard whose page is under way, of all tables: so no shard waits for another
   * one's call, and there are never more than shards. They end when nothing is left to call.
   */
  private static final ExecutorService POLLS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "afterbay-poll");
            thread.setDaemon(true);
            return thread;
          });

  private final PageSource pages;

  /**
   * Calls as KCL makes them.
   *
   * @param client for all of them but those for records
   * @param pages for those
   */
  StreamsAdapter(DynamoDbStreamsClient client, PageSource pages, Region region) {
    super(client, region);
    this.pages = pages;
    setSkipRecordsBehavior(SkipRecordsBehavior.KCL_RETRY);
  }

  @Override
  public CompletableFuture<DynamoDBStreamsGetRecordsResponseAdapter> getDynamoDBStreamsRecords(
      GetRecordsRequest request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new StreamPage(pages.page(request));
          } catch (AwsServiceException e) {
            throw AmazonServiceExceptionTransformer.transformDynamoDBStreamsToKinesisGetRecords(
                e, getSkipRecordsBehavior());
          }
        },
        POLLS);
  }
}
