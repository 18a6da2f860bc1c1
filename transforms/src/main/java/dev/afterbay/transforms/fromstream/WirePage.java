package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.wire.JsonBytes;
import dev.afterbay.transforms.wire.UnusualJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * The records of a page, as the bytes of a GetRecords answer. At first it is only found where each
 * of them stands: a page that waits is one array, and not some fifteen objects for each record. A
 * record is read when it is asked for.
 */
public final class WirePage {
  private static final byte[] RECORDS = "Records".getBytes(StandardCharsets.UTF_8);

  private final byte[] body;
  private final byte[] rest;

  /** Where each record begins, and ends. */
  private final int[] bounds;

  private WirePage(byte[] body, byte[] rest, int[] bounds) {
    this.body = body;
    this.rest = rest;
    this.bounds = bounds;
  }

  /** Reads a single record as the SDK does. */
  @FunctionalInterface
  public interface SdkReader {
    /**
     * Reads a record.
     *
     * @param json the record, an element of an answer
     * @throws RuntimeException what the SDK throws for an answer with this record
     */
    Record read(byte[] json);
  }

  /**
   * Finds the records of an answer.
   *
   * @param body its bytes, which the records go on to use
   * @return empty if the answer itself is unusual: then it is wholly the SDK's
   */
  public static Optional<WirePage> find(byte[] body) {
    try {
      return Optional.of(new Finder(body).find());
    } catch (UnusualJson e) {
      return Optional.empty();
    }
  }

  /** The answer without the records: for the SDK, in place of the whole. */
  public byte[] rest() {
    return rest;
  }

  /** How many records there are. */
  public int size() {
    return bounds.length / 2;
  }

  /**
   * All records of the page, in its order, each read anew when it is asked for. What is unusual
   * about one is not judged here: such a record is the SDK's.
   */
  public List<StreamedRecord> records(SdkReader sdk) {
    return new Records(sdk);
  }

  /** The records; the list cannot be changed, and is safe for many threads if the reader is. */
  private final class Records extends AbstractList<StreamedRecord> {
    private final SdkReader sdk;

    Records(SdkReader sdk) {
      this.sdk = sdk;
    }

    @Override
    public int size() {
      return WirePage.this.size();
    }

    @Override
    public StreamedRecord get(int index) {
      return read(new RecordScanner(new JsonBytes(body)), index);
    }

    /** One scanner reads all that it comes to. */
    @Override
    public Iterator<StreamedRecord> iterator() {
      RecordScanner scanner = new RecordScanner(new JsonBytes(body));
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < size();
        }

        @Override
        public StreamedRecord next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          return read(scanner, next++);
        }
      };
    }

    private StreamedRecord read(RecordScanner scanner, int index) {
      int from = bounds[2 * index];
      WireRecord usual = scanner.read(from);
      return usual != null
          ? usual
          : StreamedRecord.of(sdk.read(Arrays.copyOfRange(body, from, bounds[2 * index + 1])));
    }
  }

  /** Goes through one answer. */
  private static final class Finder {
    private final byte[] body;
    private final JsonBytes json;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream(1 << 10);
    private int copied;
    private int[] bounds = new int[256];
    private int count;
    private boolean found;

    Finder(byte[] body) {
      this.body = body;
      this.json = new JsonBytes(body);
    }

    WirePage find() {
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
      return new WirePage(body, rest.toByteArray(), Arrays.copyOf(bounds, count));
    }

    private void records() {
      boolean more = json.opens('[', ']');
      if (!more) {
        return;
      }
      copy(json.position());
      while (more) {
        json.peek();
        bound();
        json.skip();
        bound();
        more = json.more(']');
      }
      copied = json.position() - 1;
    }

    private void bound() {
      if (count == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * count);
      }
      bounds[count++] = json.position();
    }

    private void copy(int to) {
      rest.write(body, copied, to - copied);
      copied = to;
    }
  }
}
