package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.kinesis.retrieval.polling.SleepTimeControllerConfig;

final class PollPacingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:10Z");

  @ParameterizedTest
  @CsvSource({
    "1000, true, 0, 0",
    "3, true, 0, 0",
    "500, false, 0, 250",
    "1, false, 100, 150",
    "1, false, 300, 0",
    "0, false, 0, 1000",
    "0, true, 0, 1000",
    "0, false, 400, 600",
    "0, false, 5000, 0",
    "0, false, -5000, 1000",
  })
  void thePauseDependsOnTheLastPageAndCountsFromIt(
      int records, boolean nearlyFull, long passedMillis, long pause) {
    SleepTimeControllerConfig last =
        SleepTimeControllerConfig.builder()
            .lastSuccessfulCall(NOW.minusMillis(passedMillis))
            .lastRecordsCount(records)
            .build();

    assertThat(new PollPacing(() -> NOW, () -> nearlyFull).getSleepTimeMillis(last))
        .isEqualTo(pause);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void theFirstReadDoesNotWait(boolean countKnown) {
    SleepTimeControllerConfig last =
        SleepTimeControllerConfig.builder().lastRecordsCount(countKnown ? 0 : null).build();

    assertThat(new PollPacing(() -> NOW, () -> true).getSleepTimeMillis(last)).isZero();
  }
}
