package dev.afterbay.local.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final int TWENTY_MINUTES = 270;

  @Test
  void theSameSeedGivesTheSameActs() {
    assertThat(acts(5, Set.of())).isEqualTo(acts(5, Set.of()));
  }

  @Test
  void anotherSeedGivesOtherActs() {
    assertThat(acts(5, Set.of())).isNotEqualTo(acts(6, Set.of()));
  }

  @Test
  void everyKindOfActComesInTwentyMinutes() {
    assertThat(acts(5, Set.of())).extracting(Act::kind).containsAll(EnumSet.allOf(ActKind.class));
  }

  @Test
  void whatIsLeftOutNeverComes() {
    Set<ActKind> without = EnumSet.of(ActKind.TRIM, ActKind.KILL);

    assertThat(acts(5, without)).extracting(Act::kind).doesNotContainAnyElementsOf(without);
  }

  @Test
  void whatIsLeftOutDoesNotMoveTheRareActs() {
    List<Act> all = acts(5, Set.of());
    List<Act> some = acts(5, EnumSet.of(ActKind.TRIM));

    assertThat(first(some, ActKind.DROP_LEASES)).isEqualTo(first(all, ActKind.DROP_LEASES));
  }

  @Test
  void rareActsComeEarlyForTheFirstTime() {
    assertThat(time(acts(5, Set.of()), ActKind.TRIM)).isLessThan(Duration.ofSeconds(30));
    assertThat(time(acts(5, Set.of()), ActKind.DROP_LEASES)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void twoHundredProcessesAreKilledAndPausedInTwentyMinutes() {
    long signals =
        acts(5, Set.of()).stream()
            .mapToLong(
                act ->
                    switch (act.kind()) {
                      case KILL, REPLACE, PAUSE, LONG_PAUSE, CHECKPOINT_AHEAD, CHECKPOINT_BACK -> 1;
                      case TRIM -> 3;
                      default -> 0;
                    })
            .sum();

    assertThat(signals).isGreaterThan(200);
  }

  @Test
  void whereEverythingIsLeftOutThereIsNoScript() {
    assertThatThrownBy(() -> new Script(1, EnumSet.allOf(ActKind.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Nothing is left to be done");
  }

  @Test
  void aKindIsFoundByItsTitle() {
    assertThat(ActKind.titled("checkpoint-ahead")).contains(ActKind.CHECKPOINT_AHEAD);
    assertThat(ActKind.titled("tickle")).isEmpty();
  }

  private static List<Act> acts(long seed, Set<ActKind> without) {
    return Stream.generate(new Script(seed, without)::next).limit(TWENTY_MINUTES).toList();
  }

  private static int first(List<Act> acts, ActKind kind) {
    return acts.stream().map(Act::kind).toList().indexOf(kind);
  }

  private static Duration time(List<Act> acts, ActKind kind) {
    return acts.subList(0, first(acts, kind) + 1).stream()
        .map(Act::pause)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
