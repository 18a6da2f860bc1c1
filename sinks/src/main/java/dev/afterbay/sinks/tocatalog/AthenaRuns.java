package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.tocatalog.CatalogException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.AthenaError;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * Statements that Athena runs, each waited for to its end.
 *
 * @param longest how long one may take
 * @param failures translates what the client throws, and knows the way out
 */
record AthenaRuns(
    AthenaClient athena,
    AthenaPlace place,
    InstantSource clock,
    Pause pause,
    Duration longest,
    SdkFailures failures) {
  static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int CAUSED_BY_THE_SYSTEM = 1;

  /**
   * Runs a statement, whatever it comes to.
   *
   * @param what it does, as it follows "Could not"
   */
  QueryExecution run(String what, String sql) {
    Instant latest = clock.instant().plus(longest);
    String id = start(what + " in workgroup '" + place.workgroup() + "'", sql);
    Duration next = FIRST_PAUSE;
    QueryExecution execution = look(what, id);
    while (isUnderWay(execution.status())) {
      if (!clock.instant().isBefore(latest)) {
        throw new CatalogException(
            Kind.UNAVAILABLE,
            "Could not "
                + what
                + ": Athena did not end the statement within "
                + longest.toSeconds()
                + " seconds (query "
                + id
                + "); is workgroup '"
                + place.workgroup()
                + "' busy?");
      }
      rest(what, next);
      next = next.multipliedBy(2);
      next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
      execution = look(what, id);
    }
    return execution;
  }

  /** Throws unless a statement that has ended did what it should. */
  void requireSuccess(String what, QueryExecution execution) {
    QueryExecutionStatus status = execution.status();
    switch (status.state()) {
      case SUCCEEDED -> {}
      case FAILED -> throw failed(what, execution);
      case CANCELLED ->
          throw new CatalogException(
              Kind.UNAVAILABLE,
              "Could not " + what + ": somebody cancelled the statement" + ending(execution));
      case QUEUED, RUNNING, UNKNOWN_TO_SDK_VERSION ->
          throw new CatalogException(
              Kind.UNAVAILABLE,
              "Could not " + what + ": the statement is " + status.stateAsString());
    }
  }

  /** Waits a little. */
  void rest(String what, Duration duration) {
    try {
      pause.rest(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CatalogException(
          Kind.UNAVAILABLE, "Could not " + what + ": interrupted before the statement ended", e);
    }
  }

  private String start(String what, String sql) {
    try {
      return athena.startQueryExecution(request(sql)).queryExecutionId();
    } catch (InvalidRequestException e) {
      throw String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("output location")
          ? new CatalogException(
              Kind.REFUSED,
              "Could not "
                  + what
                  + ": it has no usable place for results; give one"
                  + " ('catalog: { query-results: s3://my-bucket/athena }'), set it in the"
                  + " workgroup, or "
                  + failures.wayOut(),
              e)
          : failures.translated(what, "StartQueryExecution", e);
    } catch (SdkException e) {
      throw failures.translated(what, "StartQueryExecution", e);
    }
  }

  private StartQueryExecutionRequest request(String sql) {
    StartQueryExecutionRequest.Builder request =
        StartQueryExecutionRequest.builder()
            .queryString(sql)
            .workGroup(place.workgroup())
            .queryExecutionContext(context -> context.database(place.database()))
            // A request that is repeated on the way runs once; the next one is a new one.
            .clientRequestToken(UUID.randomUUID().toString());
    place
        .results()
        .ifPresent(
            location -> request.resultConfiguration(results -> results.outputLocation(location)));
    return request.build();
  }

  private QueryExecution look(String what, String id) {
    return failures.translating(
        what,
        "GetQueryExecution",
        () -> athena.getQueryExecution(get -> get.queryExecutionId(id)).queryExecution());
  }

  private static boolean isUnderWay(QueryExecutionStatus status) {
    return status.state() == QueryExecutionState.QUEUED
        || status.state() == QueryExecutionState.RUNNING;
  }

  private CatalogException failed(String what, QueryExecution execution) {
    @Nullable AthenaError error = execution.status().athenaError();
    boolean passing =
        error != null
            && (Boolean.TRUE.equals(error.retryable())
                || Integer.valueOf(CAUSED_BY_THE_SYSTEM).equals(error.errorCategory()));
    return new CatalogException(
        passing ? Kind.UNAVAILABLE : Kind.REFUSED,
        "Could not "
            + what
            + ": the statement failed"
            + ending(execution)
            + (passing ? "" : "; mend that, or " + failures.wayOut()));
  }

  private static String ending(QueryExecution execution) {
    String reason = execution.status().stateChangeReason();
    return " (query "
        + execution.queryExecutionId()
        + ")"
        + (reason == null ? "" : ": " + reason.strip());
  }
}
