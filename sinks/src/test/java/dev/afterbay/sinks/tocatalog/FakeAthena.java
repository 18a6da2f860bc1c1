package dev.afterbay.sinks.tocatalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.AthenaException;
import software.amazon.awssdk.services.athena.model.CreatePreparedStatementRequest;
import software.amazon.awssdk.services.athena.model.CreatePreparedStatementResponse;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetPreparedStatementRequest;
import software.amazon.awssdk.services.athena.model.GetPreparedStatementResponse;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.GetQueryResultsRequest;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.PreparedStatement;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.ResourceNotFoundException;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.UpdatePreparedStatementRequest;
import software.amazon.awssdk.services.athena.model.UpdatePreparedStatementResponse;

/** Athena's client, whose statements go as they are told, and whose prepared ones are kept. */
final class FakeAthena implements AthenaClient {
  private final List<StartQueryExecutionRequest> started = new ArrayList<>();
  static final long SCANNED = 4_711;

  private final List<List<List<@Nullable String>>> pages = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();
  private final Deque<QueryExecutionStatus> statuses = new ArrayDeque<>();
  private final Map<String, PreparedStatement> statements = new TreeMap<>();
  private Optional<AthenaException> refusal = Optional.empty();
  private Runnable beforeCreate = () -> {};

  /** The states that the looks at statements find; the last one from then on. */
  void states(QueryExecutionState... states) {
    Arrays.stream(states)
        .map(state -> QueryExecutionStatus.builder().state(state).build())
        .forEach(statuses::add);
  }

  void ends(QueryExecutionStatus status) {
    statuses.add(status);
  }

  void refuse(AthenaException with) {
    refusal = Optional.of(with);
  }

  /** Acts once, before a statement is created. */
  void beforeCreate(Runnable action) {
    beforeCreate =
        () -> {
          beforeCreate = () -> {};
          action.run();
        };
  }

  List<StartQueryExecutionRequest> started() {
    return started;
  }

  List<String> writes() {
    return writes;
  }

  PreparedStatement statement(String name) {
    return Optional.ofNullable(statements.get(name)).orElseThrow();
  }

  @Override
  public StartQueryExecutionResponse startQueryExecution(StartQueryExecutionRequest request) {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    started.add(request);
    return StartQueryExecutionResponse.builder()
        .queryExecutionId("query-" + started.size())
        .build();
  }

  /** The pages of every result; each next one has its number for a token. */
  void results(List<List<List<@Nullable String>>> all) {
    pages.addAll(all);
  }

  @Override
  public GetQueryExecutionResponse getQueryExecution(GetQueryExecutionRequest request) {
    QueryExecutionStatus status =
        statuses.size() > 1 ? statuses.removeFirst() : statuses.getFirst();
    return GetQueryExecutionResponse.builder()
        .queryExecution(
            execution ->
                execution
                    .queryExecutionId(request.queryExecutionId())
                    .status(status)
                    .statistics(figures -> figures.dataScannedInBytes(SCANNED)))
        .build();
  }

  @Override
  public GetQueryResultsResponse getQueryResults(GetQueryResultsRequest request) {
    int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    List<Row> rows =
        pages.get(page).stream()
            .map(
                row ->
                    Row.builder()
                        .data(
                            row.stream()
                                .map(text -> Datum.builder().varCharValue(text).build())
                                .toList())
                        .build())
            .toList();
    return GetQueryResultsResponse.builder()
        .resultSet(result -> result.rows(rows))
        .nextToken(page + 1 < pages.size() ? Integer.toString(page + 1) : null)
        .build();
  }

  @Override
  public GetPreparedStatementResponse getPreparedStatement(GetPreparedStatementRequest request) {
    PreparedStatement found = statements.get(request.statementName());
    if (found == null) {
      throw ResourceNotFoundException.builder().statusCode(400).build();
    }
    return GetPreparedStatementResponse.builder().preparedStatement(found).build();
  }

  @Override
  public CreatePreparedStatementResponse createPreparedStatement(
      CreatePreparedStatementRequest request) {
    beforeCreate.run();
    if (statements.containsKey(request.statementName())) {
      throw InvalidRequestException.builder().statusCode(400).build();
    }
    writes.add("create " + request.statementName());
    put(
        request.statementName(),
        request.workGroup(),
        request.queryStatement(),
        request.description());
    return CreatePreparedStatementResponse.builder().build();
  }

  @Override
  public UpdatePreparedStatementResponse updatePreparedStatement(
      UpdatePreparedStatementRequest request) {
    writes.add("update " + request.statementName());
    put(
        request.statementName(),
        request.workGroup(),
        request.queryStatement(),
        request.description());
    return UpdatePreparedStatementResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "athena";
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private void put(String name, String workgroup, String sql, String description) {
    statements.put(
        name,
        PreparedStatement.builder()
            .statementName(name)
            .workGroupName(workgroup)
            .queryStatement(sql)
            .description(description)
            .build());
  }
}
