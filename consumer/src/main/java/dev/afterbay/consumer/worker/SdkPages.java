package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.fromstream.StreamedRecord;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Pages as the SDK reads them. */
record SdkPages(DynamoDbStreamsClient streams) implements PageSource {
  @Override
  public ShardPage page(GetRecordsRequest request) {
    return of(streams.getRecords(request));
  }

  static ShardPage of(GetRecordsResponse response) {
    return new ShardPage(
        response.records().stream().map(StreamedRecord::of).toList(),
        response.nextShardIterator(),
        RecordWeight.of(response.records()));
  }
}
