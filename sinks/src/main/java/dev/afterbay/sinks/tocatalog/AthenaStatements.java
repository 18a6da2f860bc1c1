package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.tocatalog.CatalogException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.AthenaError;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * Statements that Athena runs, each to its end.
 *
 * <p>Each makes something in place of what is there, so it may run twice. That is needed: to
 * replace a view the engine looks whether there is one, and then creates or updates it in the
 * catalog; of two workers that both saw none, one fails, with the words of the catalog.
 */
final class AthenaStatements {
  /** Views take a second; what takes longer waits in the workgroup's queue. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int CAUSED_BY_THE_SYSTEM = 1;

  /** What the catalog says to the slower of two who create, or update, the same thing. */
  private static final Pattern OUTRUN =
      Pattern.compile("already exists|ConcurrentModification", Pattern.CASE_INSENSITIVE);

  /** Each loss is another's success; so many in a row are no accident. */
  private static final int MOST_LOSSES = 5;

  private final AthenaClient athena;
  private final AthenaPlace place;
  private final InstantSource clock;
  private final Pause pause;
  private final SdkFailures failures =
      new SdkFailures("athena", "do without views ('catalog: { views: none }')");

  AthenaStatements(AthenaClient athena, AthenaPlace place, InstantSource clock, Pause pause) {
    this.athena = athena;
    this.place = place;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Runs a statement.
   *
   * @param what it does, as it follows "Could not"
   */
  void run(String what, String sql) {
    for (int losses = 0; !isCarriedOut(what, sql, losses >= MOST_LOSSES); losses++) {
      rest(what, FIRST_PAUSE);
    }
  }

  /** False if somebody else was faster, unless that is a failure by now. */
  private boolean isCarriedOut(String what, String sql, boolean last) {
    Instant latest = clock.instant().plus(LONGEST);
    String id = start(what + " in workgroup '" + place.workgroup() + "'", sql);
    Duration next = FIRST_PAUSE;
    QueryExecutionStatus status = look(what, id);
    while (isUnderWay(status)) {
      if (!clock.instant().isBefore(latest)) {
        throw new CatalogException(
            Kind.UNAVAILABLE,
            "Could not "
                + what
                + ": Athena did not end the statement within "
                + LONGEST.toSeconds()
                + " seconds (query "
                + id
                + "); is workgroup '"
                + place.workgroup()
                + "' busy?");
      }
      rest(what, next);
      next = next.multipliedBy(2);
      next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
      status = look(what, id);
    }
    if (!last && isOutrun(status)) {
      return false;
    }
    requireSuccess(what, id, status);
    return true;
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
                  + " workgroup, or do without views ('catalog: { views: none }')",
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

  private QueryExecutionStatus look(String what, String id) {
    return failures.translating(
        what,
        "GetQueryExecution",
        () -> athena.getQueryExecution(get -> get.queryExecutionId(id)).queryExecution().status());
  }

  private static boolean isUnderWay(QueryExecutionStatus status) {
    return status.state() == QueryExecutionState.QUEUED
        || status.state() == QueryExecutionState.RUNNING;
  }

  private static boolean isOutrun(QueryExecutionStatus status) {
    String reason = status.stateChangeReason();
    return status.state() == QueryExecutionState.FAILED
        && reason != null
        && OUTRUN.matcher(reason).find();
  }

  private static void requireSuccess(String what, String id, QueryExecutionStatus status) {
    switch (status.state()) {
      case SUCCEEDED -> {}
      case FAILED -> throw failed(what, id, status);
      case CANCELLED ->
          throw new CatalogException(
              Kind.UNAVAILABLE,
              "Could not " + what + ": somebody cancelled the statement" + ending(id, status));
      case QUEUED, RUNNING, UNKNOWN_TO_SDK_VERSION ->
          throw new CatalogException(
              Kind.UNAVAILABLE,
              "Could not " + what + ": the statement is " + status.stateAsString());
    }
  }

  private static CatalogException failed(String what, String id, QueryExecutionStatus status) {
    @Nullable AthenaError error = status.athenaError();
    boolean passing =
        error != null
            && (Boolean.TRUE.equals(error.retryable())
                || Integer.valueOf(CAUSED_BY_THE_SYSTEM).equals(error.errorCategory()));
    return new CatalogException(
        passing ? Kind.UNAVAILABLE : Kind.REFUSED,
        "Could not "
            + what
            + ": the statement failed"
            + ending(id, status)
            + (passing ? "" : "; mend that, or do without views ('catalog: { views: none }')"));
  }

  private static String ending(String id, QueryExecutionStatus status) {
    String reason = status.stateChangeReason();
    return " (query " + id + ")" + (reason == null ? "" : ": " + reason.strip());
  }

  private void rest(String what, Duration duration) {
    try {
      pause.rest(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CatalogException(
          Kind.UNAVAILABLE, "Could not " + what + ": interrupted before the statement ended", e);
    }
  }
}
