package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.wire.JsonBytes;
import dev.afterbay.transforms.wire.UnusualJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * The records of a page, read from the bytes of a GetRecords answer. What is unusual in any way is
 * not judged here: such records are left to the SDK, in an answer that holds nothing but them.
 */
public final class WirePage {
  private static final byte[] RECORDS = "Records".getBytes(StandardCharsets.UTF_8);

  private final byte[] rest;
  private final List<Optional<StreamedRecord>> records;
  private final int left;

  private WirePage(byte[] rest, List<Optional<StreamedRecord>> records, int left) {
    this.rest = rest;
    this.records = records;
    this.left = left;
  }

  /**
   * Reads an answer.
   *
   * @param body its bytes, which the records go on to use
   * @return empty if the answer itself is unusual: then it is wholly the SDK's
   */
  public static Optional<WirePage> read(byte[] body) {
    try {
      return Optional.of(new Reader(body).read());
    } catch (UnusualJson e) {
      return Optional.empty();
    }
  }

  /** The answer without the records that were read: for the SDK, in place of the whole. */
  public byte[] rest() {
    return rest;
  }

  /**
   * All records of the page, in its order.
   *
   * @param others those that the SDK found in the rest
   * @throws IllegalStateException if they are not as many as were left to it
   */
  public List<StreamedRecord> with(List<Record> others) {
    if (others.size() != left) {
      throw new IllegalStateException(
          "Of a page of "
              + records.size()
              + " records "
              + left
              + " were left to the SDK, and it found "
              + others.size()
              + ". Write 'decode: reference' to have it read all of them, and report this");
    }
    List<StreamedRecord> all = new ArrayList<>(records.size());
    int next = 0;
    for (Optional<StreamedRecord> record : records) {
      all.add(record.isPresent() ? record.get() : StreamedRecord.of(others.get(next++)));
    }
    return all;
  }

  /** Reads one answer. */
  private static final class Reader {
    private final byte[] body;
    private final JsonBytes json;
    private final RecordScanner scanner;
    private final List<Optional<StreamedRecord>> records = new ArrayList<>();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream(1 << 10);
    private int copied;
    private int left;
    private boolean found;

    Reader(byte[] body) {
      this.body = body;
      this.json = new JsonBytes(body);
      this.scanner = new RecordScanner(json);
    }

    WirePage read() {
      boolean more = json.opens('{', '}');
      while (more) {
        json.name();
        if (!json.is(RECORDS)) {
          json.skip();
        } else if (found) {
          throw UnusualJson.here();
        } else {
          found = true;
          records();
        }
        more = json.more('}');
      }
      if (!json.atEnd()) {
        throw UnusualJson.here();
      }
      copy(body.length);
      return new WirePage(rest.toByteArray(), records, left);
    }

    private void records() {
      boolean more = json.opens('[', ']');
      if (!more) {
        return;
      }
      copy(json.position());
      while (more) {
        json.peek();
        int start = json.position();
        @Nullable WireRecord record = scanner.read(start);
        if (record == null) {
          leave(start);
        }
        records.add(Optional.ofNullable(record));
        more = json.more(']');
      }
      copied = json.position() - 1;
    }

    private void leave(int start) {
      json.moveTo(start);
      json.skip();
      if (left++ > 0) {
        rest.write(',');
      }
      copied = start;
      copy(json.position());
    }

    private void copy(int to) {
      rest.write(body, copied, to - copied);
      copied = to;
    }
  }
}
