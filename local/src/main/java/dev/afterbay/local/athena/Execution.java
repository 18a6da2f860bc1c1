package dev.afterbay.local.athena;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A query that was asked for.
 *
 * @param id under which it is found
 * @param workgroup in which it runs
 * @param database that unqualified names are in
 * @param sql as it was sent
 * @param submitted when it was asked for
 * @param end empty while it runs
 */
record Execution(
    String id,
    String workgroup,
    String database,
    String sql,
    Instant submitted,
    Optional<End> end) {

  /**
   * How a query ended.
   *
   * @param at when
   * @param failure the reason, if it failed
   * @param result what came of it
   */
  record End(Instant at, Optional<String> failure, SqlResult result) {}

  Execution ended(End how) {
    return new Execution(id, workgroup, database, sql, submitted, Optional.of(how));
  }

  /** The query as the API shows it. */
  ObjectNode json() {
    ObjectNode execution = JsonNodeFactory.instance.objectNode();
    execution.put("QueryExecutionId", id).put("Query", sql).put("WorkGroup", workgroup);
    execution.putObject("QueryExecutionContext").put("Database", database);
    ObjectNode status = execution.putObject("Status");
    status.put("State", state()).put("SubmissionDateTime", seconds(submitted));
    end.ifPresent(how -> status.put("CompletionDateTime", seconds(how.at())));
    end.ifPresent(
        how ->
            execution
                .putObject("Statistics")
                .put("DataScannedInBytes", how.result().scannedBytes()));
    end.flatMap(End::failure).ifPresent(why -> status.put("StateChangeReason", why));
    return execution;
  }

  /** The result, if it has one by now. */
  Optional<SqlResult> result() {
    return end.filter(how -> how.failure().isEmpty()).map(End::result);
  }

  private String state() {
    return end.map(how -> how.failure().isPresent() ? "FAILED" : "SUCCEEDED").orElse("RUNNING");
  }

  /** A moment as the protocol writes it. */
  static double seconds(Instant moment) {
    return moment.toEpochMilli() / 1e3;
  }
}
