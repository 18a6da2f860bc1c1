package dev.afterbay.transforms.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.ordering.ChangeOrder.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChangeOrderTest {
  private static final List<Place> SORTED =
      List.of(
          place("-", "1"),
          place("2025-12-31T23:59:59.999", "999999999999999999999999"),
          place("2026-11-21T05:11:00.123", "7"),
          place("2026-11-21T05:11:00.123", "10", 5),
          place("2026-11-21T05:11:00.123", "10", 6),
          place("2026-11-21T05:11:00.123", "11", 4),
          place("2026-11-21T05:11:00.123", "999999999999999999999"),
          place("2026-11-21T05:11:00.123", "1000000000000000000000"),
          place("2026-11-21T05:11:00.124", "1"));

  @Test
  void aLaterStreamWinsThenTheGreaterSequenceNumberThenTheLaterTime() {
    List<Place> shuffled = new ArrayList<>(SORTED);
    Collections.shuffle(shuffled, new Random(3));

    shuffled.sort(ChangeOrder.oldestFirst());

    assertThat(shuffled).isEqualTo(SORTED);
  }

  @Test
  void theSqlIsPlainEnoughForEveryEngine() {
    assertThat(ChangeOrder.sqlOrderBy()).isEqualTo("cdc_stream ASC, cdc_seq ASC, cdc_time ASC");
    assertThat(ChangeOrder.sqlIsNewer("a", "b"))
        .isEqualTo("(a.cdc_stream, a.cdc_seq, a.cdc_time) > (b.cdc_stream, b.cdc_seq, b.cdc_time)");
    assertThat(ChangeOrder.sqlOrderByNewestFirst())
        .isEqualTo("cdc_stream DESC, cdc_seq DESC, cdc_time DESC");
  }

  /** Carries out the SQL on rows of texts, as an engine would, and compares with Java's order. */
  @Test
  void theSqlOrdersRowsAsJavaOrdersPlaces() {
    List<Place> bySql = new ArrayList<>(SORTED);
    Collections.shuffle(bySql, new Random(5));
    List<Place> newestFirst = new ArrayList<>(bySql);

    bySql.sort(interpreted(ChangeOrder.sqlOrderBy()));
    newestFirst.sort(interpreted(ChangeOrder.sqlOrderByNewestFirst()));
    Collections.reverse(newestFirst);

    assertThat(bySql).isEqualTo(SORTED);
    assertThat(newestFirst).isEqualTo(SORTED);
  }

  private static Comparator<Place> interpreted(String sql) {
    Map<String, Function<Place, String>> columns =
        Map.of(
            "cdc_stream", place -> place.stream().value(),
            "cdc_seq", place -> place.sequenceNumber().padded(),
            "cdc_time", place -> place.time().toString());
    return Arrays.stream(sql.split(", ", -1))
        .map(term -> term.split(" ", -1))
        .map(
            term -> {
              Comparator<Place> order = Comparator.comparing(columns.get(term[0]));
              return term[1].equals("DESC") ? order.reversed() : order;
            })
        .reduce(Comparator::thenComparing)
        .orElseThrow();
  }

  private static Place place(String stream, String sequenceNumber) {
    return place(stream, sequenceNumber, 0);
  }

  private static Place place(String stream, String sequenceNumber, int second) {
    return new Place(
        new StreamLabel(stream),
        SequenceNumber.parse(sequenceNumber),
        Instant.EPOCH.plusSeconds(second));
  }
}
