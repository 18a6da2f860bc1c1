package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.aws.BodyTap;
import dev.afterbay.transforms.fromstream.WirePage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Pages read from the bytes of the answers. The SDK reads what is left of an answer: the next
 * iterator, and records with anything unusual. A client without HTTP gives its records to the SDK's
 * way whole.
 */
record LeanPages(DynamoDbStreamsClient streams, Turns turns) implements PageSource {
  private static final Logger LOG = LoggerFactory.getLogger(LeanPages.class);

  /** A record, its change and images and keys, beside their bytes. */
  private static final long RECORD = 900;

  /** The body stays while its records do, and their canonical images are as large at most. */
  private static final long BODY_FACTOR = 2;

  @Override
  public ShardPage page(GetRecordsRequest request) {
    Answer answer = new Answer();
    GetRecordsResponse response =
        streams.getRecords(
            request.toBuilder()
                .overrideConfiguration(
                    new BodyTap(body -> turns.begin(() -> answer.read(body)))
                        .into(request.overrideConfiguration()))
                .build());
    return answer
        .read
        .map(page -> answer.page(page, response))
        .orElseGet(() -> SdkPages.of(response));
  }

  /** The last answer to a call. */
  private static final class Answer {
    private Optional<WirePage> read = Optional.empty();
    private int bytes;

    byte[] read(byte[] body) {
      bytes = body.length;
      try {
        read = WirePage.read(body);
      } catch (RuntimeException e) {
        // A fault of the reading, and no reason to stop; its message might quote an item.
        LOG.atWarn()
            .addKeyValue("event", "page-left")
            .addKeyValue("reason", e.getClass().getName())
            .log("A page cannot be read from its bytes; the SDK reads it. Please report this");
        read = Optional.empty();
      }
      return read.map(WirePage::rest).orElse(body);
    }

    ShardPage page(WirePage page, GetRecordsResponse response) {
      var records = page.with(response.records());
      return new ShardPage(
          records,
          response.nextShardIterator(),
          records.isEmpty()
              ? 0
              : BODY_FACTOR * bytes
                  + RECORD * records.size()
                  + RecordWeight.of(response.records()));
    }
  }
}
