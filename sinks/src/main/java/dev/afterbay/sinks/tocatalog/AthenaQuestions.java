package dev.afterbay.sinks.tocatalog;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.Row;

/**
 * Questions through Athena, whose answers are read page by page. Closing the client is up to its
 * owner.
 */
public final class AthenaQuestions implements QueryEngine {
  /** Athena itself ends a query after half an hour, if its quota was not raised. */
  private static final Duration LONGEST = Duration.ofMinutes(40);

  private final AthenaRuns runs;

  /**
   * Questions at a place.
   *
   * @param pause between two looks at a query that runs
   * @param wayOut what to do without Athena, as an end of a sentence
   */
  public AthenaQuestions(
      AthenaClient athena, AthenaPlace place, InstantSource clock, Pause pause, String wayOut) {
    this.runs =
        new AthenaRuns(athena, place, clock, pause, LONGEST, new SdkFailures("athena", wayOut));
  }

  @Override
  public long ask(String what, String sql, Consumer<List<@Nullable String>> taker) {
    QueryExecution ended = runs.run(what, sql);
    runs.requireSuccess(what, ended);
    String id = ended.queryExecutionId();
    GetQueryResultsResponse page = page(what, id, null);
    // The first row of a SELECT's answer names its columns.
    page.resultSet().rows().stream().skip(1).map(AthenaQuestions::texts).forEach(taker);
    while (page.nextToken() != null) {
      page = page(what, id, page.nextToken());
      page.resultSet().rows().stream().map(AthenaQuestions::texts).forEach(taker);
    }
    return ended.statistics() == null || ended.statistics().dataScannedInBytes() == null
        ? 0
        : ended.statistics().dataScannedInBytes();
  }

  private GetQueryResultsResponse page(String what, String id, @Nullable String token) {
    return runs.failures()
        .translating(
            what,
            "GetQueryResults",
            () -> runs.athena().getQueryResults(get -> get.queryExecutionId(id).nextToken(token)));
  }

  private static List<@Nullable String> texts(Row row) {
    List<@Nullable String> texts = new ArrayList<>();
    for (Datum value : row.data()) {
      texts.add(value.varCharValue());
    }
    return texts;
  }
}
