package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.athena.model.AthenaException;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.PreparedStatement;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

class AthenaViewsTest {
  private static final CatalogView VIEW =
      new CatalogView("orders_current", "Now", "SELECT 1 AS one");
  private static final PreparedQuery QUERY =
      new PreparedQuery("orders_as_of", "Orders then", "time", "SELECT ?");
  private static final AthenaPlace PLACE =
      new AthenaPlace("shop", "primary", Optional.empty(), "s3://bucket/lake");

  private final FakeAthena athena = new FakeAthena();
  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T05:00:00Z");

  @Test
  void aViewIsMadeByAStatementInTheDatabaseAndTheWorkgroup() {
    athena.states(QueryExecutionState.SUCCEEDED);

    views(PLACE).createOrReplace(VIEW);

    StartQueryExecutionRequest started = athena.started().get(0);
    assertThat(started.queryString())
        .startsWith("CREATE OR REPLACE VIEW ")
        .endsWith("SELECT 1 AS one");
    assertThat(started.workGroup()).isEqualTo("primary");
    assertThat(started.queryExecutionContext().database()).isEqualTo("shop");
    assertThat(started.resultConfiguration()).isNull();
    assertThat(started.clientRequestToken()).hasSizeGreaterThanOrEqualTo(32);
  }

  @Test
  void aPlaceForResultsIsNamedIfThereIsOne() {
    athena.states(QueryExecutionState.SUCCEEDED);

    views(
            new AthenaPlace(
                "shop", "primary", Optional.of("s3://bucket/results/"), "s3://bucket/lake"))
        .createOrReplace(VIEW);

    assertThat(athena.started().get(0).resultConfiguration().outputLocation())
        .isEqualTo("s3://bucket/results/");
  }

  @Test
  void theSameViewTwiceIsTwoStatements() {
    athena.states(QueryExecutionState.SUCCEEDED);

    views(PLACE).createOrReplace(VIEW);
    views(PLACE).createOrReplace(VIEW);

    assertThat(athena.started())
        .extracting(StartQueryExecutionRequest::clientRequestToken)
        .doesNotHaveDuplicates();
  }

  @Test
  void aStatementIsWaitedForWithGrowingPauses() {
    athena.states(
        QueryExecutionState.QUEUED,
        QueryExecutionState.RUNNING,
        QueryExecutionState.RUNNING,
        QueryExecutionState.RUNNING,
        QueryExecutionState.RUNNING,
        QueryExecutionState.RUNNING,
        QueryExecutionState.SUCCEEDED);

    views(PLACE).createOrReplace(VIEW);

    assertThat(pauses)
        .extracting(Duration::toMillis)
        .containsExactly(200L, 400L, 800L, 1600L, 2000L, 2000L);
  }

  @Test
  void aStatementThatDoesNotEndIsGivenUp() {
    athena.states(QueryExecutionState.QUEUED);

    CatalogException late = failure();

    assertThat(late.kind()).isEqualTo(CatalogException.Kind.UNAVAILABLE);
    assertThat(late)
        .hasMessage(
            "Could not make the view 'orders_current': Athena did not end the statement within 60"
                + " seconds (query query-1); is workgroup 'primary' busy?");
    assertThat(pauses).hasSizeLessThan(40);
  }

  @Test
  void aFailedStatementIsToldWithAthenasReason() {
    athena.ends(
        QueryExecutionStatus.builder()
            .state(QueryExecutionState.FAILED)
            .stateChangeReason("SYNTAX_ERROR: line 1:8: Column 'one' cannot be resolved")
            .athenaError(error -> error.errorCategory(2).retryable(false))
            .build());

    CatalogException failed = failure();

    assertThat(failed.kind()).isEqualTo(CatalogException.Kind.REFUSED);
    assertThat(failed)
        .hasMessage(
            "Could not make the view 'orders_current': the statement failed (query query-1):"
                + " SYNTAX_ERROR: line 1:8: Column 'one' cannot be resolved; mend that, or do"
                + " without views ('catalog: { views: none }')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Table already exists. (Service: Glue, Status Code: 400)",
        "line 1:1: View already exists: 'shop.orders_current'",
        "GENERIC_INTERNAL_ERROR: ConcurrentModificationException: Update table failed"
      })
  void aStatementThatAnotherWorkerOutranRunsAgain(String reason) {
    athena.ends(failed(reason));
    athena.ends(failed(reason));
    athena.states(QueryExecutionState.SUCCEEDED);

    views(PLACE).createOrReplace(VIEW);

    assertThat(athena.started())
        .hasSize(3)
        .extracting(StartQueryExecutionRequest::queryString)
        .containsOnly(athena.started().get(0).queryString());
  }

  @Test
  void aStatementThatIsAlwaysOutrunIsGivenUp() {
    athena.ends(failed("Table already exists."));

    CatalogException failed = failure();

    assertThat(failed.kind()).isEqualTo(CatalogException.Kind.REFUSED);
    assertThat(failed).hasMessageContaining("(query query-6): Table already exists.; mend that");
  }

  @Test
  void whatAthenaItselfFailedAtMayBeTriedAgain() {
    athena.ends(
        QueryExecutionStatus.builder()
            .state(QueryExecutionState.FAILED)
            .stateChangeReason("INTERNAL_ERROR")
            .athenaError(error -> error.errorCategory(1))
            .build());

    assertThat(failure().kind()).isEqualTo(CatalogException.Kind.UNAVAILABLE);
  }

  @Test
  void aCancelledStatementMayBeTriedAgain() {
    athena.states(QueryExecutionState.CANCELLED);

    assertThat(failure().kind()).isEqualTo(CatalogException.Kind.UNAVAILABLE);
  }

  @Test
  void withoutAPlaceForResultsTheWaysOutAreTold() {
    athena.refuse(
        invalid("No output location provided. An output location is required either through the"));

    CatalogException refused = failure();

    assertThat(refused.kind()).isEqualTo(CatalogException.Kind.REFUSED);
    assertThat(refused)
        .hasMessage(
            "Could not make the view 'orders_current' in workgroup 'primary': it has no usable"
                + " place for results; give one"
                + " ('catalog: { query-results: s3://my-bucket/athena }'), set it in the"
                + " workgroup, or do without views ('catalog: { views: none }')");
  }

  @Test
  void whatIsDeniedIsRefusedWithTheAction() {
    athena.refuse(
        (AthenaException)
            AthenaException.builder()
                .statusCode(400)
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode("AccessDeniedException")
                        .errorMessage("You are not authorized")
                        .build())
                .build());

    assertThat(failure())
        .hasMessage(
            "Could not make the view 'orders_current' in workgroup 'primary': access denied (You"
                + " are not authorized); allow the IAM action athena:StartQueryExecution to the"
                + " role of this process, as deploy/pipeline.yaml does, or do without views"
                + " ('catalog: { views: none }')");
  }

  @Test
  void aQueryIsPreparedOnceAndThenOnlyIfItChanged() {
    AthenaViews views = views(PLACE);

    views.prepare(QUERY);
    views.prepare(QUERY);

    assertThat(athena.writes()).containsExactly("create orders_as_of");
    assertThat(athena.statement("orders_as_of"))
        .isEqualTo(
            PreparedStatement.builder()
                .statementName("orders_as_of")
                .workGroupName("primary")
                .queryStatement("SELECT ?")
                .description("Orders then (afterbay.lake=s3://bucket/lake)")
                .build());

    views.prepare(new PreparedQuery("orders_as_of", "Orders then", "time", "SELECT 1, ?"));

    assertThat(athena.writes()).containsExactly("create orders_as_of", "update orders_as_of");
    assertThat(athena.statement("orders_as_of").queryStatement()).isEqualTo("SELECT 1, ?");
  }

  @Test
  void twoWhoPrepareTheSameQueryAtOnceBothSucceed() {
    athena.beforeCreate(() -> views(PLACE).prepare(QUERY));

    views(PLACE).prepare(new PreparedQuery("orders_as_of", "Orders then", "time", "SELECT 2, ?"));

    assertThat(athena.statement("orders_as_of").queryStatement()).isEqualTo("SELECT 2, ?");
  }

  @Test
  void aStatementOfOthersIsLeftAlone() {
    views(new AthenaPlace("other", "primary", Optional.empty(), "s3://bucket/other"))
        .prepare(QUERY);

    CatalogException refused =
        catchThrowableOfType(CatalogException.class, () -> views(PLACE).prepare(QUERY));

    assertThat(refused.kind()).isEqualTo(CatalogException.Kind.REFUSED);
    assertThat(refused)
        .hasMessage(
            "The prepared statement 'orders_as_of' of workgroup 'primary' should be the lake's, but"
                + " there is one that was not made for this lake; choose another workgroup"
                + " ('catalog: { workgroup: … }'), delete it, or do without views"
                + " ('catalog: { views: none }')");
    assertThat(athena.statement("orders_as_of").description()).contains("s3://bucket/other");
  }

  private static QueryExecutionStatus failed(String reason) {
    return QueryExecutionStatus.builder()
        .state(QueryExecutionState.FAILED)
        .stateChangeReason(reason)
        .build();
  }

  private CatalogException failure() {
    return catchThrowableOfType(CatalogException.class, () -> views(PLACE).createOrReplace(VIEW));
  }

  private AthenaViews views(AthenaPlace place) {
    return new AthenaViews(
        athena,
        place,
        () -> now,
        duration -> {
          pauses.add(duration);
          now = now.plus(duration);
        });
  }

  private static InvalidRequestException invalid(String message) {
    return InvalidRequestException.builder()
        .statusCode(400)
        .message(message)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("InvalidRequestException")
                .errorMessage(message)
                .build())
        .build();
  }
}
