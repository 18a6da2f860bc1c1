package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsGetRecordsResponseAdapter;
import com.amazonaws.services.dynamodbv2.streamsadapter.util.AmazonServiceExceptionTransformer;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * DynamoDB Streams as KCL sees it. Unlike the adapter's own client it never jumps over trimmed
 * records, and it does not write each record as JSON, four times a page, for nobody to read.
 */
final class StreamsAdapter extends AmazonDynamoDBStreamsAdapterClient {
  private final DynamoDbStreamsClient client;

  StreamsAdapter(DynamoDbStreamsClient client, Region region) {
    super(client, region);
    this.client = client;
    setSkipRecordsBehavior(SkipRecordsBehavior.KCL_RETRY);
  }

  @Override
  public CompletableFuture<DynamoDBStreamsGetRecordsResponseAdapter> getDynamoDBStreamsRecords(
      GetRecordsRequest request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new StreamPage(client.getRecords(request));
          } catch (AwsServiceException e) {
            throw AmazonServiceExceptionTransformer.transformDynamoDBStreamsToKinesisGetRecords(
                e, getSkipRecordsBehavior());
          }
        });
  }
}
