package dev.afterbay.local.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.awsjson.StandInClients;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.AthenaException;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.PreparedStatement;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.ResourceNotFoundException;
import software.amazon.awssdk.services.athena.model.Row;

class AthenaServerIT {
  private final List<Map.Entry<String, String>> carriedOut = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private AthenaServer server;
  private AthenaClient athena;

  @BeforeEach
  void start() {
    server = AthenaServer.start(0, this::run);
    athena = StandInClients.client(AthenaClient.builder(), server.endpoint());
  }

  @AfterEach
  void stop() {
    athena.close();
    server.close();
  }

  private SqlResult run(String database, String sql) throws Exception {
    if (sql.startsWith("WAIT")) {
      released.await();
    }
    if (sql.startsWith("NONSENSE")) {
      throw new IllegalArgumentException("line 1:1: mismatched input 'NONSENSE'");
    }
    carriedOut.add(Map.entry(database, sql));
    if (sql.startsWith("COUNT")) {
      return new SqlResult(
          List.of("number", "nothing"),
          IntStream.range(0, 1_500).mapToObj(i -> Arrays.asList("" + i, null)).toList(),
          4_711);
    }
    return SqlResult.NOTHING;
  }

  @Test
  void aResultIsReadPageByPageBelowTheNamesOfItsColumns() {
    String id = begin("COUNT");
    await().until(() -> state(id) == QueryExecutionState.SUCCEEDED);

    List<Row> rows =
        athena.getQueryResultsPaginator(r -> r.queryExecutionId(id)).stream()
            .flatMap(page -> page.resultSet().rows().stream())
            .toList();

    assertThat(execution(id).statistics().dataScannedInBytes()).isEqualTo(4_711);
    assertThat(rows).hasSize(1_501);
    assertThat(rows.get(0).data())
        .extracting(Datum::varCharValue)
        .containsExactly("number", "nothing");
    assertThat(rows.get(1_500).data())
        .extracting(Datum::varCharValue)
        .containsExactly("1499", null);
  }

  @Test
  void aQueryThatFailedHasNoResult() {
    String id = begin("NONSENSE");
    await().until(() -> state(id) == QueryExecutionState.FAILED);

    assertThatThrownBy(() -> athena.getQueryResults(r -> r.queryExecutionId(id)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void aQueryRunsUntilTheEngineIsDoneWithIt() {
    String id = begin("WAIT FOR IT");

    QueryExecution running = execution(id);
    released.countDown();
    await().until(() -> state(id) != QueryExecutionState.RUNNING);
    QueryExecution ended = execution(id);

    assertThat(running.status().state()).isEqualTo(QueryExecutionState.RUNNING);
    assertThat(running.status().completionDateTime()).isNull();
    assertThat(running.query()).isEqualTo("WAIT FOR IT");
    assertThat(running.workGroup()).isEqualTo("primary");
    assertThat(running.queryExecutionContext().database()).isEqualTo("lake");
    assertThat(ended.status().state()).isEqualTo(QueryExecutionState.SUCCEEDED);
    assertThat(ended.status().completionDateTime())
        .isAfterOrEqualTo(ended.status().submissionDateTime());
    assertThat(carriedOut).containsExactly(Map.entry("lake", "WAIT FOR IT"));
  }

  @Test
  void aFailedQueryTellsTheEnginesReason() {
    String id = begin("NONSENSE");
    await().until(() -> state(id) == QueryExecutionState.FAILED);

    assertThat(execution(id).status().stateChangeReason())
        .isEqualTo("line 1:1: mismatched input 'NONSENSE'");
  }

  @Test
  void queriesAreRememberedInTheirOrder() {
    begin("SELECT 1");
    begin("NONSENSE");
    begin("SELECT 2");

    assertThat(server.queries()).containsExactly("SELECT 1", "NONSENSE", "SELECT 2");
  }

  @Test
  void theSameRequestTokenBeginsOneQuery() {
    String first =
        athena
            .startQueryExecution(r -> r.queryString("SELECT 1").clientRequestToken("a".repeat(32)))
            .queryExecutionId();
    String second =
        athena
            .startQueryExecution(r -> r.queryString("SELECT 1").clientRequestToken("a".repeat(32)))
            .queryExecutionId();

    assertThat(second).isEqualTo(first);
    assertThat(server.queries()).hasSize(1);
  }

  @Test
  void anUnknownQueryIsRefused() {
    assertThatThrownBy(() -> execution("none"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("QueryExecution none was not found");
  }

  @Test
  void aPreparedStatementIsKeptAndReplaced() {
    athena.createPreparedStatement(
        r -> r.workGroup("team").statementName("as_of").queryStatement("SELECT 1"));
    PreparedStatement first = prepared("team", "as_of");
    athena.updatePreparedStatement(
        r ->
            r.workGroup("team")
                .statementName("as_of")
                .queryStatement("SELECT ?")
                .description("at a moment"));

    assertThat(first.queryStatement()).isEqualTo("SELECT 1");
    assertThat(first.workGroupName()).isEqualTo("team");
    assertThat(first.lastModifiedTime()).isNotNull();
    assertThat(prepared("team", "as_of").queryStatement()).isEqualTo("SELECT ?");
    assertThat(prepared("team", "as_of").description()).isEqualTo("at a moment");
    assertThat(server.prepared("team", "as_of")).contains("SELECT ?");
    assertThat(server.prepared("primary", "as_of")).isEmpty();
  }

  @Test
  void aPreparedStatementThatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> prepared("team", "none"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("PreparedStatement none was not found in workGroup team");
    assertThatThrownBy(
            () ->
                athena.updatePreparedStatement(
                    r -> r.workGroup("team").statementName("none").queryStatement("SELECT 1")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void aPreparedStatementIsNotCreatedTwiceNorUnderAnIllegalName() {
    athena.createPreparedStatement(
        r -> r.workGroup("team").statementName("as_of").queryStatement("SELECT 1"));

    for (String name : new String[] {"as_of", "as-of", "2nd"}) {
      assertThatThrownBy(
              () ->
                  athena.createPreparedStatement(
                      r -> r.workGroup("team").statementName(name).queryStatement("SELECT 2")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining(name);
    }
    assertThat(server.prepared("team", "as_of")).contains("SELECT 1");
  }

  @Test
  void anUnknownOperationIsRefused() {
    assertThatThrownBy(() -> athena.listWorkGroups(r -> {}))
        .isInstanceOf(AthenaException.class)
        .hasMessageContaining("ListWorkGroups is not among the calls that are answered");
  }

  private String begin(String sql) {
    return athena
        .startQueryExecution(r -> r.queryString(sql).queryExecutionContext(c -> c.database("lake")))
        .queryExecutionId();
  }

  private QueryExecution execution(String id) {
    return athena.getQueryExecution(r -> r.queryExecutionId(id)).queryExecution();
  }

  private QueryExecutionState state(String id) {
    return execution(id).status().state();
  }

  private PreparedStatement prepared(String workgroup, String name) {
    return athena
        .getPreparedStatement(r -> r.workGroup(workgroup).statementName(name))
        .preparedStatement();
  }
}
