package dev.afterbay.consumer.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.kinesis.retrieval.polling.SleepTimeController;
import software.amazon.kinesis.retrieval.polling.SleepTimeControllerConfig;

/**
 * How long to wait between two reads of a shard: not at all while it is behind, a little while
 * records trickle in, longer while it is idle.
 */
final class PollPacing implements SleepTimeController {
  /** A page of so many records is taken as cut by the page size: there is more behind it. */
  private static final int NEARLY_FULL = 500;

  private final InstantSource clock;

  PollPacing(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public long getSleepTimeMillis(SleepTimeControllerConfig last) {
    Instant read = last.lastSuccessfulCall();
    Integer records = last.lastRecordsCount();
    if (read == null || records == null) {
      return 0;
    }
    Duration pause = pauseAfter(records);
    Duration passed = Duration.between(read, clock.instant());
    return Math.max(0, pause.minus(passed.isNegative() ? Duration.ZERO : passed).toMillis());
  }

  private static Duration pauseAfter(int records) {
    if (records >= NEARLY_FULL) {
      return Timings.AFTER_FULL_PAGE;
    }
    return records > 0 ? Timings.AFTER_RECORDS : Timings.AFTER_NOTHING;
  }
}
