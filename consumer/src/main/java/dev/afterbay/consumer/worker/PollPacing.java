package dev.afterbay.consumer.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import software.amazon.kinesis.retrieval.polling.SleepTimeController;
import software.amazon.kinesis.retrieval.polling.SleepTimeControllerConfig;

/**
 * How long to wait between two reads of one shard: not at all while it is behind, a little while
 * records trickle in, longer while it is idle.
 */
final class PollPacing implements SleepTimeController {
  private final InstantSource clock;
  private final BooleanSupplier nearlyFull;

  /**
   * The pacing of a shard.
   *
   * @param nearlyFull whether the last page was nearly as large as was asked for
   */
  PollPacing(InstantSource clock, BooleanSupplier nearlyFull) {
    this.clock = clock;
    this.nearlyFull = nearlyFull;
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

  private Duration pauseAfter(int records) {
    if (records > 0 && nearlyFull.getAsBoolean()) {
      return Timings.AFTER_FULL_PAGE;
    }
    return records > 0 ? Timings.AFTER_RECORDS : Timings.AFTER_NOTHING;
  }
}
