package dev.afterbay.local.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalClients;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportConflictException;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ExportSummary;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.ExportViewType;
import software.amazon.awssdk.services.dynamodb.model.InvalidExportTimeException;
import software.amazon.awssdk.services.dynamodb.model.ListExportsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;

class LocalExportsIT {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir static Path dir;

  private static LocalAws aws;
  private static LocalClients clients;
  private static DynamoDbClient dynamo;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(dir, 0, 0, ExportSettings.ORDINARY.taking(Duration.ofMillis(300)));
    clients = new LocalClients(aws.endpoints());
    dynamo = clients.tables();
  }

  @AfterAll
  static void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void aFullExportHoldsTheItemsAsTheyWere() {
    TestTable table = TestTable.recoverable(dynamo);
    IntStream.range(0, 30).forEach(i -> table.put("k" + i, "old"));
    table.put("k1", "new");
    table.delete("k2");
    Instant time = nextSecond();
    table.put("k3", "too late");
    table.put("late", "too late");
    Map<String, String> model = new TreeMap<>();
    IntStream.range(0, 30).forEach(i -> model.put("k" + i, i == 1 ? "new" : "old"));
    model.remove("k2");

    ExportDescription begun =
        dynamo
            .exportTableToPointInTime(
                r -> r.tableArn(table.arn()).s3Bucket("afterbay").s3Prefix("full").exportTime(time))
            .exportDescription();
    ReadExport export = read(begun);

    assertThat(begun.exportStatus()).isEqualTo(ExportStatus.IN_PROGRESS);
    assertThat(export.state()).isEqualTo(model);
    String id = begun.exportArn().substring(begun.exportArn().lastIndexOf('/') + 1);
    assertThat(id).matches("[0-9]{14}-[0-9a-f]{8}");
    assertThat(keys("full/AWSDynamoDB/" + id + "/"))
        .filteredOn(key -> !key.endsWith(".json.gz"))
        .extracting(key -> key.substring(key.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrder(
            "_started",
            "manifest-files.json",
            "manifest-files.md5",
            "manifest-summary.json",
            "manifest-summary.md5");
    assertThat(keys("full/AWSDynamoDB/" + id + "/data/")).hasSize(4);
    assertThat(names(export.summary()))
        .containsExactly(
            "version",
            "exportArn",
            "startTime",
            "endTime",
            "tableArn",
            "tableId",
            "exportTime",
            "s3Bucket",
            "s3Prefix",
            "s3SseAlgorithm",
            "s3SseKmsKeyId",
            "manifestFilesS3Key",
            "billedSizeBytes",
            "itemCount",
            "outputFormat");
    assertThat(export.summary().path("exportTime").asText())
        .isEqualTo(time.toString().replace("Z", ".000Z"));
    assertThat(names(export.files().get(0)))
        .containsExactly("itemCount", "md5Checksum", "etag", "dataFileS3Key");
    assertThat(export.export().exportTime()).isEqualTo(time);
    assertThat(export.export().exportType()).isEqualTo(ExportType.FULL_EXPORT);
  }

  @Test
  void anIncrementalExportHoldsOneNetChangeOfEachItem() {
    TestTable table = TestTable.recoverable(dynamo);
    table.put("changed", "1");
    table.put("kept", "1");
    table.put("gone", "1");
    Instant from = nextSecond();
    table.put("changed", "2");
    table.put("changed", "3");
    table.put("new", "1");
    table.delete("gone");
    table.put("brief", "1");
    table.delete("brief");
    Instant to = nextSecond();
    table.put("changed", "4");

    // The window begins long before the table did.
    ReadExport all = read(incremental(table, to.minusSeconds(3600), to, ExportViewType.NEW_IMAGE));
    assertThat(all.changes()).isEqualTo(Map.of("changed", ">3", "kept", ">1", "new", ">1"));

    ReadExport both =
        read(incremental(table, from.minusSeconds(900), from, ExportViewType.NEW_AND_OLD_IMAGES));
    assertThat(both.changes()).isEqualTo(Map.of("changed", ">1", "kept", ">1", "gone", ">1"));
    assertThat(both.files())
        .extracting(file -> file.path("dataFileS3Key").asText())
        .allMatch(key -> key.startsWith("inc/AWSDynamoDB/data/"));
    assertThat(names(both.summary()))
        .contains("exportFromTime", "exportToTime")
        .endsWith("outputFormat", "outputView", "exportType");
    assertThat(both.summary().path("exportType").asText()).isEqualTo("INCREMENTAL_EXPORT");
    assertThat(both.export().incrementalExportSpecification().exportToTime()).isEqualTo(from);
    long micros = both.lines().get(0).at("/Metadata/WriteTimestampMicros/N").asLong();
    assertThat(Instant.ofEpochMilli(micros / 1000)).isBetween(from.minusSeconds(60), from);
  }

  @Test
  void aTableWithoutItemsIsExportedAsEmptyFiles() {
    TestTable table = TestTable.recoverable(dynamo);

    ReadExport export = read(full(table, nextSecond()));

    assertThat(export.lines()).isEmpty();
    assertThat(export.files()).hasSize(4).allMatch(file -> file.path("itemCount").asInt() == 0);
  }

  @Test
  void aTableThatWasCreatedAnewHasOnlyItsOwnHistory() {
    TestTable table = TestTable.recoverable(dynamo);
    table.put("first", "1");
    dynamo.deleteTable(r -> r.tableName(table.name()));
    table.create();
    assertThat(table.recovery().pointInTimeRecoveryStatus())
        .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    table.recover(true);
    table.put("second", "1");

    assertThat(read(full(table, nextSecond())).state()).isEqualTo(Map.of("second", "1"));
  }

  @Test
  void recoveryIsOffUntilItIsSwitchedOn() {
    TestTable table = TestTable.created(dynamo);

    assertThat(table.recovery().pointInTimeRecoveryStatus())
        .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    assertThatThrownBy(() -> full(table, CLOCK.instant()))
        .isInstanceOf(PointInTimeRecoveryUnavailableException.class);
    table.recover(true);
    PointInTimeRecoveryDescription on = table.recovery();
    assertThat(on.pointInTimeRecoveryStatus()).isEqualTo(PointInTimeRecoveryStatus.ENABLED);
    assertThat(on.earliestRestorableDateTime())
        .isBefore(CLOCK.instant().minus(Duration.ofDays(34)));
    table.recover(false);
    assertThat(table.recovery().pointInTimeRecoveryStatus())
        .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    assertThatThrownBy(() -> new TestTable(dynamo, "Nobodys").recovery())
        .isInstanceOf(TableNotFoundException.class)
        .hasMessageContaining("Nobodys");
  }

  @Test
  void whatCannotBeExportedIsRefused() {
    TestTable table = TestTable.recoverable(dynamo);
    Instant now = CLOCK.instant();

    assertThatThrownBy(() -> full(new TestTable(dynamo, "Nobodys"), now))
        .isInstanceOf(TableNotFoundException.class);
    assertThatThrownBy(() -> full(table, now.plusSeconds(60)))
        .isInstanceOf(InvalidExportTimeException.class);
    assertThatThrownBy(() -> full(table, now.minus(Duration.ofDays(36))))
        .isInstanceOf(InvalidExportTimeException.class);
    assertThatThrownBy(
            () -> incremental(table, now.minusSeconds(600), now, ExportViewType.NEW_IMAGE))
        .isInstanceOf(InvalidExportTimeException.class)
        .hasMessageContaining("15 minutes");
    assertThatThrownBy(
            () ->
                dynamo.exportTableToPointInTime(
                    r -> r.tableArn(table.arn()).s3Bucket("b").exportFormat(ExportFormat.ION)))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("DYNAMODB_JSON only, not ION");
    assertThatThrownBy(() -> dynamo.describeExport(r -> r.exportArn(table.arn() + "/export/no")))
        .isInstanceOf(ExportNotFoundException.class);
  }

  @Test
  void anExportToABucketThatIsNotThereFails() {
    TestTable table = TestTable.recoverable(dynamo);

    ExportDescription ended =
        ReadExport.ended(
            dynamo,
            dynamo
                .exportTableToPointInTime(r -> r.tableArn(table.arn()).s3Bucket("not-there"))
                .exportDescription()
                .exportArn());

    assertThat(ended.exportStatus()).isEqualTo(ExportStatus.FAILED);
    assertThat(ended.failureCode()).isEqualTo("S3NoSuchBucket");
  }

  @Test
  void anExportOfATableThatWasWithoutStreamFailsRatherThanBeFalse() {
    TestTable table = TestTable.recoverable(dynamo);
    table.put("a", "1");
    dynamo.updateTable(
        r -> r.tableName(table.name()).streamSpecification(s -> s.streamEnabled(false)));
    table.put("b", "1");

    ExportDescription ended = ReadExport.ended(dynamo, full(table, nextSecond()).exportArn());

    assertThat(ended.failureCode()).isEqualTo("HistoryUnknown");
    assertThat(ended.failureMessage()).contains("leave that on");
  }

  @Test
  void oneTokenIsOneExport() {
    TestTable table = TestTable.recoverable(dynamo);
    Instant time = CLOCK.instant().minusSeconds(5);

    String first = tokened(table, time);

    assertThat(tokened(table, time)).isEqualTo(first);
    assertThatThrownBy(() -> tokened(table, time.minusSeconds(9)))
        .isInstanceOf(ExportConflictException.class);
  }

  @Test
  void theExportsOfATableAreListedInPages() {
    TestTable table = TestTable.recoverable(dynamo);
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      begun.add(full(table, CLOCK.instant().minusSeconds(i)).exportArn());
    }

    List<String> listed = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    String next = null;
    do {
      String token = next;
      ListExportsResponse page =
          dynamo.listExports(r -> r.tableArn(table.arn()).maxResults(2).nextToken(token));
      page.exportSummaries().stream().map(ExportSummary::exportArn).forEach(listed::add);
      pages.add(page.exportSummaries().size());
      next = page.nextToken();
    } while (next != null);

    assertThat(listed).isEqualTo(begun);
    assertThat(pages).containsExactly(2, 2, 1);
  }

  private static String tokened(TestTable table, Instant time) {
    return dynamo
        .exportTableToPointInTime(
            r ->
                r.tableArn(table.arn())
                    .s3Bucket("afterbay")
                    .clientToken("token of " + table.name())
                    .exportTime(time))
        .exportDescription()
        .exportArn();
  }

  private static ExportDescription full(TestTable table, Instant time) {
    return dynamo
        .exportTableToPointInTime(
            r -> r.tableArn(table.arn()).s3Bucket("afterbay").exportTime(time))
        .exportDescription();
  }

  private static ExportDescription incremental(
      TestTable table, Instant from, Instant to, ExportViewType view) {
    return dynamo
        .exportTableToPointInTime(
            r ->
                r.tableArn(table.arn())
                    .s3Bucket("afterbay")
                    .s3Prefix("inc")
                    .exportType(ExportType.INCREMENTAL_EXPORT)
                    .incrementalExportSpecification(
                        w -> w.exportFromTime(from).exportToTime(to).exportViewType(view)))
        .exportDescription();
  }

  private static ReadExport read(ExportDescription begun) {
    return ReadExport.of(clients.objects(), ReadExport.ended(dynamo, begun.exportArn()));
  }

  /** A whole second after all that was written so far, which is over. */
  private static Instant nextSecond() {
    Instant next = Instant.ofEpochSecond(CLOCK.instant().getEpochSecond() + 1);
    await().until(() -> CLOCK.instant().isAfter(next.plusMillis(5)));
    return next;
  }

  private static List<String> keys(String prefix) {
    return clients
        .objects()
        .listObjectsV2(r -> r.bucket("afterbay").prefix(prefix))
        .contents()
        .stream()
        .map(o -> o.key())
        .toList();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
