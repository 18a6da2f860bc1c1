package dev.afterbay.sinks.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TalliesTest {
  private static final Tally TOTAL = new Tally("orders", "Total", "RANGE");
  private static final Tally NOTE = new Tally("orders", "Note", "TYPE");

  @Test
  void equalTalliesAreCountedTogether() {
    Tallies tallies = Tallies.of(List.of(TOTAL, NOTE, TOTAL));

    assertThat(tallies.counts()).containsExactly(Map.entry(NOTE, 1L), Map.entry(TOTAL, 2L));
    assertThat(tallies.plus(Tallies.of(List.of(NOTE))).counts())
        .containsExactly(Map.entry(NOTE, 2L), Map.entry(TOTAL, 2L));
    assertThat(tallies.plus(Tallies.NONE)).isSameAs(tallies);
  }

  @Test
  void whatFindsNoRoomIsCountedByTableAndReasonAlone() {
    List<Tally> many =
        IntStream.range(0, Tallies.MOST + 7)
            .mapToObj(i -> new Tally("orders", "Attribute%04d".formatted(i), "UNKNOWN"))
            .toList();

    Tallies tallies = Tallies.of(many);

    assertThat(tallies.counts())
        .hasSize(Tallies.MOST + 1)
        .containsEntry(new Tally("orders", Tallies.OTHERS, "UNKNOWN"), 7L)
        .containsEntry(many.get(0), 1L);
    assertThat(tallies.plus(tallies).counts())
        .hasSize(Tallies.MOST + 1)
        .containsEntry(new Tally("orders", Tallies.OTHERS, "UNKNOWN"), 14L);
  }

  @Test
  void sumsCoverWhatTheyAreMadeOf() {
    Tallies few = Tallies.of(List.of(TOTAL));
    Tallies more = few.plus(Tallies.of(List.of(TOTAL, NOTE)));

    assertThat(more.covers(few)).isTrue();
    assertThat(few.covers(more)).isFalse();
    assertThat(few.covers(Tallies.NONE)).isTrue();
    assertThat(Tallies.of(List.of(NOTE)).covers(few)).isFalse();
  }
}
