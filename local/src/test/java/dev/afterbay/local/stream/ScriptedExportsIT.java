package dev.afterbay.local.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.aws.Json;
import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.local.export.ExportSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.s3.S3Client;

class ScriptedExportsIT {
  @TempDir Path dir;

  private final TestStream test = TestStream.ofOneShard();
  private LocalAws aws;
  private LocalClients beside;
  private StreamServer server;
  private TestClients clients;
  private DynamoDbClient dynamo;

  @BeforeEach
  void start() {
    aws = LocalAws.start(dir, 0, 0);
    beside = new LocalClients(aws.endpoints());
    ExportSettings settings = ExportSettings.ORDINARY.taking(Duration.ofMillis(50)).inFiles(2);
    server = StreamServer.startBefore(aws.endpoints(), test.script(), 0, settings);
    clients = TestClients.of(server.endpoint());
    dynamo = clients.tables();
    dynamo.updateContinuousBackups(
        r ->
            r.tableName("Contract")
                .pointInTimeRecoverySpecification(s -> s.pointInTimeRecoveryEnabled(true)));
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
    beside.close();
    aws.close();
  }

  @Test
  void trimmedAndUnseenChangesAreInTheExportAtTheirTimes() throws IOException {
    test.put("a", "1");
    test.put("b", "1");
    test.pass(Duration.ofMinutes(20));
    test.put("a", "2");
    test.items().delete(Map.of("PK", AttributeValue.fromS("b"))).ifPresent(test.script()::append);
    test.script().trim(test.onlyShard(), 100);
    test.script().disable();
    test.pass(Duration.ofMinutes(20));
    test.items().put(StreamsContract.item("c", "1")).ifPresent(test.script()::changeUnseen);
    test.pass(Duration.ofSeconds(1));
    Instant begin = Instant.ofEpochSecond(TestStream.START.getEpochSecond());

    assertThat(state(begin.plusSeconds(1))).isEqualTo(Map.of("a", "1", "b", "1"));
    assertThat(state(begin.plusSeconds(1800))).isEqualTo(Map.of("a", "2"));
    assertThat(state(begin.plusSeconds(2401))).isEqualTo(Map.of("a", "2", "c", "1"));
    Map<String, JsonNode> changed =
        lines(
            r ->
                r.exportType(ExportType.INCREMENTAL_EXPORT)
                    .incrementalExportSpecification(
                        w ->
                            w.exportFromTime(begin.plusSeconds(900))
                                .exportToTime(begin.plusSeconds(2401))));
    assertThat(changed).containsOnlyKeys("a", "b", "c");
    assertThat(requireNonNull(changed.get("b")).has("NewImage")).isFalse();
    assertThat(requireNonNull(changed.get("a")).at("/OldImage/V/S").asText()).isEqualTo("1");
    assertThat(requireNonNull(changed.get("a")).at("/Metadata/WriteTimestampMicros/N").asLong())
        .as("the exact time, which the stream cuts to the second")
        .isEqualTo(TestStream.START.plusSeconds(1200).toEpochMilli() * 1000);
  }

  @Test
  void exportsOfOtherTablesAreHandedOn() {
    assertThat(dynamo.listExports(r -> r.tableArn(test.script().table().arn() + "-2")))
        .satisfies(other -> assertThat(other.exportSummaries()).isEmpty());
    assertThat(
            dynamo
                .describeContinuousBackups(r -> r.tableName("Contract"))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription()
                .latestRestorableDateTime())
        .as("now is what the script says")
        .isEqualTo(TestStream.START);
  }

  private Map<String, String> state(Instant time) throws IOException {
    Map<String, String> state = new TreeMap<>();
    lines(r -> r.exportTime(time))
        .forEach((key, line) -> state.put(key, line.at("/Item/V/S").asText()));
    return state;
  }

  private Map<String, JsonNode> lines(Consumer<ExportTableToPointInTimeRequest.Builder> coverage)
      throws IOException {
    String arn =
        dynamo
            .exportTableToPointInTime(
                r -> coverage.accept(r.tableArn(test.script().table().arn()).s3Bucket("afterbay")))
            .exportDescription()
            .exportArn();
    ExportDescription export =
        await()
            .until(
                () -> dynamo.describeExport(r -> r.exportArn(arn)).exportDescription(),
                told -> told.exportStatus() != ExportStatus.IN_PROGRESS);
    assertThat(export.exportStatus()).as(export.toString()).isEqualTo(ExportStatus.COMPLETED);
    Map<String, JsonNode> lines = new TreeMap<>();
    String files = export.exportManifest().replace("summary", "files");
    for (String file : new String(object(files), StandardCharsets.UTF_8).lines().toList()) {
      String key = Json.text(json(file), "dataFileS3Key");
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object(key)))) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(ScriptedExportsIT::json)
            .forEach(line -> lines.put(name(line), line));
      }
    }
    assertThat(lines).hasSize(export.itemCount().intValue());
    return lines;
  }

  private static String name(JsonNode line) {
    return (line.has("Item") ? line.at("/Item/PK/S") : line.at("/Keys/PK/S")).asText();
  }

  private byte[] object(String key) {
    S3Client s3 = beside.objects();
    return s3.getObjectAsBytes(r -> r.bucket("afterbay").key(key)).asByteArray();
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
