package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.aws.BodyTap;
import dev.afterbay.consumer.aws.SdkReading;
import dev.afterbay.transforms.fromstream.WirePage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Pages whose records are read from the bytes of the answers, and only when they are processed. The
 * SDK reads what is left of an answer, and records with anything unusual. A client without HTTP
 * gives its records to the SDK's way whole.
 */
record LeanPages(DynamoDbStreamsClient streams, SdkReading sdk) implements PageSource {
  private static final Logger LOG = LoggerFactory.getLogger(LeanPages.class);

  /** Where a record stands in its page. */
  private static final long RECORD = 8;

  @Override
  public ShardPage page(GetRecordsRequest request) {
    Answer answer = new Answer();
    GetRecordsResponse response =
        streams.getRecords(
            request.toBuilder()
                .overrideConfiguration(
                    new BodyTap(answer::take).into(request.overrideConfiguration()))
                .build());
    return answer
        .found
        .map(
            page ->
                new ShardPage(
                    page.records(sdk::record),
                    response.nextShardIterator(),
                    page.size() == 0 ? 0 : answer.bytes + RECORD * page.size()))
        .orElseGet(() -> SdkPages.of(response));
  }

  /** The last answer to a call. */
  private static final class Answer {
    private Optional<WirePage> found = Optional.empty();
    private int bytes;

    byte[] take(byte[] body) {
      bytes = body.length;
      try {
        found = WirePage.find(body);
      } catch (RuntimeException e) {
        // A fault of the reading, and no reason to stop; its message might quote an item.
        LOG.atWarn()
            .addKeyValue("event", "page-left")
            .addKeyValue("reason", e.getClass().getName())
            .log("A page cannot be read from its bytes; the SDK reads it. Please report this");
        found = Optional.empty();
      }
      return found.map(WirePage::rest).orElse(body);
    }
  }
}
