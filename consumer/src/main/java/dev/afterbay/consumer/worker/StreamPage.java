package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsGetRecordsResponseAdapter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** A page of stream records as KCL passes it on. */
final class StreamPage extends DynamoDBStreamsGetRecordsResponseAdapter {
  private final List<Record> records;

  StreamPage(GetRecordsResponse response) {
    super(response);
    this.records = response.records();
  }

  /** New each time: KCL takes records out of the list. */
  @Override
  public List<KinesisClientRecord> records() {
    List<KinesisClientRecord> wrapped = new ArrayList<>(records.size());
    records.forEach(record -> wrapped.add(new Wrapped(record)));
    return wrapped;
  }

  /**
   * Not known: what the last record's age says is no lag while a shard is idle, and a record may
   * have no time at all.
   */
  @Override
  public @Nullable Long millisBehindLatest() {
    return null;
  }

  int size() {
    return records.size();
  }

  /** About how much of the heap the records take. */
  long weight() {
    return RecordWeight.of(records);
  }

  /** A record without the bytes that a record of Kinesis would have. */
  private static final class Wrapped extends DynamoDBStreamsClientRecord {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    Wrapped(Record record) {
      super(
          record.dynamodb().sequenceNumber(),
          record.dynamodb().approximateCreationDateTime(),
          NONE,
          record.dynamodb().sequenceNumber(),
          EncryptionType.NONE,
          0,
          null,
          false,
          null,
          record);
    }
  }
}
