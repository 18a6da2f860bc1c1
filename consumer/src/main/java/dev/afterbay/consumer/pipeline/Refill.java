package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** The way of records into a segment that is made once more: the same as the first time. */
public final class Refill {
  private final Segment segment;
  private final Intake intake;

  /** A way into a segment. */
  public Refill(Segment segment, RowMaker rows, InstantSource clock) {
    this.segment = segment;
    this.intake = new Intake(segment.shard(), rows, clock);
  }

  /** Takes one record, in the order of the stream. */
  public void accept(Record record) {
    Arrival arrival = Arrival.of(StreamedRecord.of(record));
    if (!segment.cursor().covers(arrival.position())) {
      Intake.Taken taken = intake.take(arrival, segment.cursor());
      segment.append(taken.cursor(), taken.rows());
    }
  }
}
