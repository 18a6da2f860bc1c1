package dev.afterbay.local.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;

/**
 * A GetRecords answer.
 *
 * @param next the next iterator; none behind the last record of a closed shard
 */
record Page(List<StoredRecord> records, @Nullable String next) {
  private static final byte[] RECORDS = ascii("{\"Records\":[");
  private static final byte[] END = ascii("]}");

  /** The answer's body, put together from what was rendered when the records came. */
  byte[] json() {
    byte[] head = next == null ? RECORDS : head(next);
    int length = head.length + Math.max(0, records.size() - 1) + END.length;
    for (StoredRecord record : records) {
      length += record.json().length;
    }
    byte[] body = new byte[length];
    System.arraycopy(head, 0, body, 0, head.length);
    int at = head.length;
    for (StoredRecord record : records) {
      if (at > head.length) {
        body[at++] = ',';
      }
      byte[] json = record.json();
      System.arraycopy(json, 0, body, at, json.length);
      at += json.length;
    }
    System.arraycopy(END, 0, body, at, END.length);
    return body;
  }

  private static byte[] head(String next) {
    return ascii(
        "{\"NextShardIterator\":\""
            + new String(JsonStringEncoder.getInstance().quoteAsString(next))
            + "\",\"Records\":[");
  }

  GetRecordsResponse response() {
    return GetRecordsResponse.builder()
        .records(records.stream().map(record -> RecordJson.read(record.json())).toList())
        .nextShardIterator(next)
        .build();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
