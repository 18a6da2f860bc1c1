package dev.afterbay.reconciliation.fromdynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.reconciliation.export.ExportException;
import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.ExportStatus;
import dev.afterbay.reconciliation.export.FoundExport;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.ExportViewType;
import software.amazon.awssdk.services.dynamodb.model.InvalidExportTimeException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;

class DynamoDbExportsTest {
  private static final String TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/shop";
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final ExportRequest FULL = request(new Window.Full(NOON), "exports");
  private static final ExportRequest INCREMENTAL =
      request(new Window.Incremental(NOON.minusSeconds(3600), NOON), "");
  private static final String FAILED =
      "Could not start the export of table 'shop' at 2026-11-21T12:00:00Z to s3://lake/exports: ";

  private final FakeDynamoDb dynamoDb = new FakeDynamoDb();
  private final DynamoDbExports exports = new DynamoDbExports(dynamoDb);

  @Test
  void aFullExportIsAskedForAsDynamoDbJson() {
    String arn = exports.start(FULL, "token");

    assertThat(arn).isEqualTo(TABLE + "/export/new");
    assertThat(dynamoDb.requests())
        .containsExactly(
            ExportTableToPointInTimeRequest.builder()
                .tableArn(TABLE)
                .clientToken("token")
                .s3Bucket("lake")
                .s3Prefix("exports")
                .exportFormat(ExportFormat.DYNAMODB_JSON)
                .exportType(ExportType.FULL_EXPORT)
                .exportTime(NOON)
                .build());
  }

  @Test
  void anIncrementalExportIsAskedForWithBothImages() {
    exports.start(INCREMENTAL, "token");

    assertThat(dynamoDb.requests())
        .containsExactly(
            ExportTableToPointInTimeRequest.builder()
                .tableArn(TABLE)
                .clientToken("token")
                .s3Bucket("lake")
                .exportFormat(ExportFormat.DYNAMODB_JSON)
                .exportType(ExportType.INCREMENTAL_EXPORT)
                .incrementalExportSpecification(
                    spec ->
                        spec.exportFromTime(NOON.minusSeconds(3600))
                            .exportToTime(NOON)
                            .exportViewType(ExportViewType.NEW_AND_OLD_IMAGES))
                .build());
  }

  @Test
  void anExportIsDescribedInOurWords() {
    String running = add("1", export -> {});
    String complete = add("2", DynamoDbExportsTest::complete);
    String failed =
        add(
            "3",
            export ->
                export.exportStatus("FAILED").failureCode("S3AccessDenied").failureMessage("no"));

    assertThat(exports.describe(running)).isEqualTo(new ExportStatus.InProgress());
    assertThat(exports.describe(complete)).isEqualTo(completed());
    assertThat(exports.describe(failed)).isEqualTo(new ExportStatus.Failed("S3AccessDenied", "no"));
  }

  @Test
  void onlyExportsOfTheSameRequestAreFoundTheNewestFirst() {
    String old = add("1", DynamoDbExportsTest::complete);
    add("2", export -> export.exportTime(NOON.plusSeconds(1)));
    add("3", export -> export.s3Bucket("other"));
    add("4", export -> export.s3Prefix("other"));
    add("5", export -> export.exportFormat(ExportFormat.ION));
    add("6", export -> export.exportType(ExportType.INCREMENTAL_EXPORT));
    add("7", export -> export.tableArn(TABLE + "-2"));
    String young = add("8", export -> export.exportType((String) null));

    assertThat(exports.find(FULL))
        .containsExactly(
            new FoundExport(young, new ExportStatus.InProgress()),
            new FoundExport(old, completed()));
  }

  @Test
  void anIncrementalExportIsFoundByItsWindow() {
    String found = add("1", export -> incremental(export, NOON));
    add("2", export -> incremental(export, NOON.plusSeconds(1)));

    assertThat(exports.find(INCREMENTAL)).extracting(FoundExport::arn).containsExactly(found);
  }

  @Test
  void withoutPointInTimeRecoveryTheCommandThatSwitchesItOnIsNamed() {
    dynamoDb.refuse(PointInTimeRecoveryUnavailableException.builder().statusCode(400).build());

    refused(
        Kind.REFUSED,
        FAILED
            + "the table has no point-in-time recovery, which exports need; switch it on: aws"
            + " dynamodb update-continuous-backups --table-name shop"
            + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true");
  }

  @Test
  void outsideOfTheRetentionItsReachIsTold() {
    dynamoDb.refuse(
        InvalidExportTimeException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorMessage("Too early").build())
            .build());
    dynamoDb.recovery(
        PointInTimeRecoveryDescription.builder()
            .earliestRestorableDateTime(NOON.plusSeconds(60))
            .latestRestorableDateTime(NOON.plusSeconds(120))
            .build());

    refused(
        Kind.REFUSED,
        FAILED + "Too early; choose a time between 2026-11-21T12:01:00Z and 2026-11-21T12:02:00Z");
  }

  @Test
  void aMissingTableIsNamed() {
    dynamoDb.refuse(TableNotFoundException.builder().statusCode(400).build());

    refused(Kind.REFUSED, FAILED + "there is no such table; correct its name or the region");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S3NoSuchBucket | 400 | REFUSED"
            + " | S3NoSuchBucket (why); create bucket 'lake', or export to another one",
        "AccessDeniedException | 400 | REFUSED | access denied (why); allow the IAM action"
            + " dynamodb:ExportTableToPointInTime to the role of this process",
        "ValidationException | 400 | REFUSED | why; correct the table, the time or the bucket",
        "LimitExceededException | 400 | UNAVAILABLE | why; the next run goes on from there",
        "ThrottlingException | 400 | UNAVAILABLE | why; the next run goes on from there",
        "InternalServerError | 500 | UNAVAILABLE | why; the next run goes on from there",
      })
  void aRefusalIsSortedByWhatTheCallerMayDo(String code, int status, Kind kind, String message) {
    dynamoDb.refuse(service(code, status));

    refused(kind, FAILED + message);
  }

  @Test
  void withoutAnAnswerAskingAgainMayHelp() {
    dynamoDb.refuse(SdkClientException.create("no route"));

    refused(Kind.UNAVAILABLE, FAILED + "no route; the next run goes on from there");
    assertThatExceptionOfType(ExportException.class)
        .isThrownBy(() -> exports.find(FULL))
        .withMessage(
            "Could not list the exports of table 'shop': no route; the next run goes on from"
                + " there");
  }

  private void refused(Kind kind, String message) {
    assertThatExceptionOfType(ExportException.class)
        .isThrownBy(() -> exports.start(FULL, "token"))
        .withMessage(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private static AwsServiceException service(String code, int status) {
    return DynamoDbException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("why").build())
        .build();
  }

  /** Adds a full export in progress that serves the request, but for the change. */
  private String add(String id, Consumer<ExportDescription.Builder> change) {
    ExportDescription.Builder export =
        ExportDescription.builder()
            .exportArn(TABLE + "/export/" + id)
            .exportStatus("IN_PROGRESS")
            .exportType(ExportType.FULL_EXPORT)
            .exportFormat(ExportFormat.DYNAMODB_JSON)
            .startTime(NOON.plusSeconds(Integer.parseInt(id)))
            .exportTime(NOON)
            .tableArn(TABLE)
            .s3Bucket("lake")
            .s3Prefix("exports");
    change.accept(export);
    dynamoDb.add(export.build());
    return TABLE + "/export/" + id;
  }

  private static void complete(ExportDescription.Builder export) {
    export
        .exportStatus("COMPLETED")
        .exportManifest("exports/AWSDynamoDB/1/manifest-summary.json")
        .itemCount(8L)
        .billedSizeBytes(1000L);
  }

  private static ExportStatus completed() {
    return new ExportStatus.Completed(
        new ObjectKey("exports/AWSDynamoDB/1/manifest-summary.json"), NOON, 8, 1000);
  }

  private static void incremental(ExportDescription.Builder export, Instant to) {
    export
        .exportType(ExportType.INCREMENTAL_EXPORT)
        .exportTime(null)
        .s3Prefix(null)
        .incrementalExportSpecification(
            spec -> spec.exportFromTime(NOON.minusSeconds(3600)).exportToTime(to));
  }

  private static ExportRequest request(Window window, String prefix) {
    return new ExportRequest(new TableName("shop"), TABLE, window, new ExportPlace("lake", prefix));
  }
}
