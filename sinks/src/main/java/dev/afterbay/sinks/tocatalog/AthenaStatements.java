package dev.afterbay.sinks.tocatalog;

import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;

/**
 * Statements that make something in place of what is there, so each may run twice. That is needed:
 * to replace a view the engine looks whether there is one, and then creates or updates it in the
 * catalog; of two workers that both saw none, one fails, with the words of the catalog.
 */
final class AthenaStatements {
  /** Views take a second; what takes longer waits in the workgroup's queue. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** What the catalog says to the slower of two who create, or update, the same thing. */
  private static final Pattern OUTRUN =
      Pattern.compile("already exists|ConcurrentModification", Pattern.CASE_INSENSITIVE);

  /** Each loss is another's success; so many in a row are no accident. */
  private static final int MOST_LOSSES = 5;

  private final AthenaRuns runs;

  AthenaStatements(AthenaClient athena, AthenaPlace place, InstantSource clock, Pause pause) {
    this.runs =
        new AthenaRuns(
            athena,
            place,
            clock,
            pause,
            LONGEST,
            new SdkFailures("athena", "do without views ('catalog: { views: none }')"));
  }

  /**
   * Runs a statement.
   *
   * @param what it does, as it follows "Could not"
   */
  void run(String what, String sql) {
    for (int losses = 0; !isCarriedOut(what, sql, losses >= MOST_LOSSES); losses++) {
      runs.rest(what, AthenaRuns.FIRST_PAUSE);
    }
  }

  /** False if somebody else was faster, unless that is a failure by now. */
  private boolean isCarriedOut(String what, String sql, boolean last) {
    QueryExecution ended = runs.run(what, sql);
    if (!last && isOutrun(ended.status())) {
      return false;
    }
    runs.requireSuccess(what, ended);
    return true;
  }

  private static boolean isOutrun(QueryExecutionStatus status) {
    String reason = status.stateChangeReason();
    return status.state() == QueryExecutionState.FAILED
        && reason != null
        && OUTRUN.matcher(reason).find();
  }
}
