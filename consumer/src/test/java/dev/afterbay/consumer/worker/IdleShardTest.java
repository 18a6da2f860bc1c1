package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.kinesis.retrieval.polling.SleepTimeControllerConfig;

class IdleShardTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final ShardPage PAGE = ShardPage.empty("next");

  private final IdleShard shard = new IdleShard(LONGEST);

  @ParameterizedTest
  @CsvSource({
    // Silent for, asked so long ago: whether it rests until the next turn a second later.
    "3, 0.1, false",
    "9, 0.5, true",
    "9, 0.9, false",
    "15, 1.5, true",
    "15, 2.5, false",
    "20, 2.5, true",
    "20, 3.5, false",
    "50, 8.5, true",
    "50, 9.5, false",
    "5000, 8.5, true",
    "5000, 9.5, false",
  })
  void thePauseIsAFifthOfTheSilenceUpToTheLimit(double silent, double ago, boolean rests) {
    Instant asked = NOON.plus(seconds(silent));
    shard.sawNew(NOON, PAGE);
    shard.sawNothing(asked, PAGE);

    assertThat(shard.rests("next", asked.plus(seconds(ago)))).isEqualTo(rests);
  }

  @Test
  void theFirstRecordBringsTheUsualPaceBack() {
    Instant later = NOON.plusSeconds(3_600);
    shard.sawNew(NOON, PAGE);
    shard.sawNothing(later, PAGE);
    boolean before = shard.rests("next", later.plusSeconds(1));

    shard.sawNew(later, PAGE);

    assertThat(before).isTrue();
    assertThat(shard.rests("next", later.plusSeconds(1))).isFalse();
  }

  @Test
  void aShardThatWasNotAskedYetIsAsked() {
    assertThat(shard.rests("next", NOON)).isFalse();
    assertThat(shard.rests(null, NOON)).isFalse();
  }

  @Test
  void aNewIteratorIsUsedAtOnce() {
    shard.sawNew(NOON, PAGE);
    shard.sawNothing(NOON.plusSeconds(60), PAGE);

    assertThat(shard.rests("another", NOON.plusSeconds(61))).isFalse();
    assertThat(shard.rests(null, NOON.plusSeconds(61))).isFalse();
  }

  @Test
  void aReaderThatMayStillHaveToFindItsFirstRecordKeepsTheUsualPaceForAMinute() {
    shard.sawNothing(NOON, PAGE);
    shard.sawNothing(NOON.plusSeconds(60), PAGE);
    boolean inTheFirstMinute = shard.rests("next", NOON.plusSeconds(61));
    shard.sawNothing(NOON.plusSeconds(100), PAGE);

    assertThat(inTheFirstMinute).isFalse();
    assertThat(shard.rests("next", NOON.plusSeconds(101))).isTrue();
  }

  @Test
  void oldRecordsMayBeFollowedByMoreBehindEmptyPages() {
    shard.sawNew(NOON, PAGE);
    shard.sawOld(NOON.plusSeconds(600), PAGE);
    shard.sawNothing(NOON.plusSeconds(650), PAGE);

    assertThat(shard.rests("next", NOON.plusSeconds(651))).isFalse();
  }

  @Test
  void aClockThatGoesBackHoldsNothingUp() {
    shard.sawNew(NOON, PAGE);
    shard.sawNothing(NOON.plusSeconds(600), PAGE);

    assertThat(shard.rests("next", NOON)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 3600, 1.001", "10, 440, 10", "30, 190, 30"})
  void anHourOfSilenceCostsFewCallsAndNoRecordWaitsLongerThanTheLimit(
      long limit, int mostCalls, double longestGap) {
    List<Instant> calls = hourOfSilence(Duration.ofSeconds(limit));

    assertThat(calls).hasSizeLessThanOrEqualTo(mostCalls);
    Duration longest = Duration.ZERO;
    for (int i = 1; i < calls.size(); i++) {
      Duration gap = Duration.between(calls.get(i - 1), calls.get(i));
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    assertThat(longest).isBetween(seconds(longestGap * 0.9), seconds(longestGap));
  }

  /** When the stream is asked by a reader that KCL has ask as its pacing says. */
  private static List<Instant> hourOfSilence(Duration longest) {
    Instant[] now = {NOON};
    IdleShard shard = new IdleShard(longest);
    PollPacing pacing = new PollPacing(() -> now[0], () -> false);
    List<Instant> calls = new ArrayList<>();
    @Nullable Instant turn = null;
    while (now[0].isBefore(NOON.plusSeconds(3_600))) {
      if (!shard.rests("next", now[0])) {
        calls.add(now[0]);
        if (calls.size() == 1) {
          shard.sawNew(now[0], PAGE);
        } else {
          shard.sawNothing(now[0], PAGE);
        }
      }
      turn = now[0];
      now[0] =
          now[0].plusMillis(
              pacing.getSleepTimeMillis(
                  SleepTimeControllerConfig.builder()
                      .lastSuccessfulCall(turn)
                      .lastRecordsCount(0)
                      .build()));
    }
    return calls;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
