package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.fromstream.RawRecord;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.time.Instant;

/** What a record from quarantine comes to today. */
public sealed interface SecondLook {
  /** It becomes the rows that it would have become when it arrived. */
  record Fit(RowMaker.Made made) implements SecondLook {}

  /**
   * It stays where it is.
   *
   * @param reason why, today; no content of the item
   */
  record Unfit(String reason) implements SecondLook {}

  /**
   * Looks at a record again.
   *
   * @param cdcTime that the shard's cursor gave to it when it arrived
   * @param text of the record
   */
  static SecondLook at(
      StreamShard shard, SequenceNumber position, Instant cdcTime, String text, RowMaker rows) {
    try {
      Arrival arrival = Arrival.of(StreamedRecord.of(RawRecord.parse(text)));
      if (!arrival.position().equals(position)) {
        return new Unfit("stands elsewhere than its row says");
      }
      if (arrival.content() instanceof Arrival.Content.Change change) {
        return new Fit(rows.rowsOf(shard, change.event(), cdcTime));
      }
      return new Unfit(((Arrival.Content.Unreadable) arrival.content()).reason());
    } catch (RuntimeException e) {
      return new Unfit(Intake.reason(e));
    }
  }
}
