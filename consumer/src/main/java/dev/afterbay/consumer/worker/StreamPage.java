package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsGetRecordsResponseAdapter;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * A page of stream records as KCL passes it on: one record of KCL's for all of them. KCL needs no
 * more than how far the page goes; what was processed before is known to the commit log alone.
 */
final class StreamPage extends DynamoDBStreamsGetRecordsResponseAdapter {
  private final int size;
  private final long weight;
  private final @Nullable Whole whole;

  StreamPage(ShardPage page) {
    super(GetRecordsResponse.builder().nextShardIterator(page.nextIterator()).build());
    this.size = page.records().size();
    this.weight = page.weight();
    this.whole = page.isEmpty() ? null : new Whole(page.records());
  }

  /** New each time: KCL takes records out of the list. */
  @Override
  public List<KinesisClientRecord> records() {
    List<KinesisClientRecord> one = new ArrayList<>(1);
    if (whole != null) {
      one.add(whole);
    }
    return one;
  }

  /**
   * Not known: what the last record's age says is no lag while a shard is idle, and a record may
   * have no time at all.
   */
  @Override
  public @Nullable Long millisBehindLatest() {
    return null;
  }

  /** Takes its place in the heap, until its records are processed. */
  void takes(PageRoom.Place place) {
    place.filled(size, weight);
    if (whole != null) {
      whole.place = place;
    }
  }

  int size() {
    return size;
  }

  /** About how much of the heap the records take. */
  long weight() {
    return weight;
  }

  /**
   * All records of a page, without the bytes that a record of Kinesis would have: {@link PageRoom}
   * sees to the heap.
   */
  static final class Whole extends DynamoDBStreamsClientRecord {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    /**
     * Stands for the number of a last record that has none: KCL must take it for unread, and nobody
     * will come to set a checkpoint there.
     */
    private static final String BEYOND_ALL = "9".repeat(SequenceNumber.DIGITS);

    private List<StreamedRecord> records;
    private PageRoom.@Nullable Place place;

    Whole(List<StreamedRecord> records) {
      this(records, last(records), records.get(records.size() - 1));
    }

    private Whole(List<StreamedRecord> records, String number, StreamedRecord last) {
      super(
          number,
          last.created().orElse(null),
          NONE,
          number,
          EncryptionType.NONE,
          0,
          null,
          false,
          null,
          null);
      this.records = records;
    }

    /** Its shard's processor has it, and only waits for its turn. */
    void ready() {
      if (place != null) {
        place.ready();
      }
    }

    /** The records; none any more once they are processed. */
    List<StreamedRecord> all() {
      return records;
    }

    /** Lets the records go, for KCL keeps this one until the next, and leaves their place. */
    void processed() {
      records = List.of();
      if (place != null) {
        place.leave();
      }
    }

    private static String last(List<StreamedRecord> records) {
      StreamedRecord last = records.get(records.size() - 1);
      String spelled = last.spelledPosition();
      return spelled == null || last.position().isEmpty() ? BEYOND_ALL : spelled;
    }
  }
}
