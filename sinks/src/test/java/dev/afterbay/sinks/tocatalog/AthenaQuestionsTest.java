package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;

class AthenaQuestionsTest {
  private final FakeAthena athena = new FakeAthena();
  private final List<List<@Nullable String>> rows = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T05:00:00Z");

  @Test
  void anAnswerIsReadPageByPageWithoutTheNamesOfItsColumns() {
    athena.states(QueryExecutionState.QUEUED, QueryExecutionState.SUCCEEDED);
    athena.results(
        List.of(
            List.of(List.of("k1", "digest"), Arrays.asList("a", null)), List.of(List.of("b", ""))));

    long scanned = questions().ask("compare", "SELECT 1", rows::add);

    assertThat(rows).containsExactly(Arrays.asList("a", null), List.of("b", ""));
    assertThat(scanned).isEqualTo(FakeAthena.SCANNED);
    assertThat(athena.started().get(0).queryExecutionContext().database()).isEqualTo("shop");
  }

  @Test
  void aLongQueryIsWaitedFor() {
    QueryExecutionState[] states = new QueryExecutionState[300];
    Arrays.fill(states, QueryExecutionState.RUNNING);
    athena.states(states);
    athena.states(QueryExecutionState.SUCCEEDED);
    athena.results(List.of(List.of(List.of("k1"))));

    questions().ask("compare", "SELECT 1", rows::add);

    assertThat(rows).isEmpty();
    assertThat(now).isAfter(Instant.parse("2026-11-21T05:09:00Z"));
  }

  @Test
  void aFailedQueryIsToldWithAthenasReasonAndTheWayOut() {
    athena.ends(
        QueryExecutionStatus.builder()
            .state(QueryExecutionState.FAILED)
            .stateChangeReason("Bytes scanned limit was exceeded")
            .build());

    CatalogException failed =
        catchThrowableOfType(
            CatalogException.class, () -> questions().ask("compare", "SELECT 1", rows::add));

    assertThat(failed)
        .hasMessage(
            "Could not compare: the statement failed (query query-1): Bytes scanned limit was"
                + " exceeded; mend that, or audit with engine duckdb");
  }

  private AthenaQuestions questions() {
    return new AthenaQuestions(
        athena,
        new AthenaPlace("shop", "primary", Optional.empty(), "s3://bucket/lake"),
        () -> now,
        duration -> now = now.plus(duration),
        "audit with engine duckdb");
  }
}
