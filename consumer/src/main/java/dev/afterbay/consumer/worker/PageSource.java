package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.aws.SdkReading;
import dev.afterbay.consumer.config.Decode;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Asks a stream for pages of records. Any thread may use it. */
@FunctionalInterface
interface PageSource {
  /** The page that a request asks for; throws what the SDK throws. */
  ShardPage page(GetRecordsRequest request);

  /** The source that decodes as configured. */
  static PageSource of(DynamoDbStreamsClient streams, Decode decode, SdkReading sdk) {
    return switch (decode) {
      case LEAN -> new LeanPages(streams, sdk);
      case REFERENCE -> new SdkPages(streams);
    };
  }
}
