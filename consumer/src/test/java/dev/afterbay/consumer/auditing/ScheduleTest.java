package dev.afterbay.consumer.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");

  private final Schedule daily = new Schedule(Duration.ofDays(1), BEGUN);

  @Test
  void aTableThatWasNeverAuditedIsAuditedFirstAtAMomentOfThisProcess() {
    assertThat(daily.due(BEGUN.plusSeconds(60), Optional.empty())).isEmpty();
    assertThat(daily.due(MIDNIGHT.plusSeconds(5), Optional.empty())).contains(MIDNIGHT);
  }

  @Test
  void aMomentIsNotDueInItsFirstSeconds() {
    assertThat(daily.due(MIDNIGHT.plusSeconds(4), Optional.empty())).isEmpty();
  }

  @Test
  void whatWasMissedIsMadeUpForByTheLastMomentAlone() {
    Optional<Instant> newest = Optional.of(Instant.parse("2026-11-18T00:00:00Z"));

    assertThat(daily.due(BEGUN, newest)).contains(Instant.parse("2026-11-21T00:00:00Z"));
  }

  @Test
  void anAuditSinceThenIsAsGood() {
    assertThat(daily.due(MIDNIGHT.plusSeconds(60), Optional.of(MIDNIGHT))).isEmpty();
    assertThat(daily.due(MIDNIGHT.plusSeconds(60), Optional.of(MIDNIGHT.plusSeconds(7)))).isEmpty();
  }

  @Test
  void allProcessesHaveTheSameMoments() {
    Schedule often = new Schedule(Duration.ofMinutes(15), BEGUN);

    assertThat(often.due(BEGUN.plusSeconds(1000), Optional.empty()))
        .contains(BEGUN.plusSeconds(900));
    assertThat(
            new Schedule(Duration.ofMinutes(15), BEGUN.plusSeconds(777))
                .due(BEGUN.plusSeconds(1000), Optional.empty()))
        .contains(BEGUN.plusSeconds(900));
  }
}
