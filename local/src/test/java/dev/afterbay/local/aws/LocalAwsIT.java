package dev.afterbay.local.aws;

import static dev.afterbay.local.aws.TestTables.key;
import static dev.afterbay.local.aws.TestTables.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class LocalAwsIT {
  @TempDir static Path dir;

  private static LocalAws aws;
  private static LocalClients clients;
  private static DynamoDbClient dynamo;
  private static TestTables tables;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(dir, 0, 0);
    clients = new LocalClients(aws.endpoints());
    dynamo = clients.tables();
    tables = new TestTables(dynamo);
  }

  @AfterAll
  static void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void everyChangeArrivesOnceAndInOrder() {
    TableDescription table = tables.create();
    tables.put(table, "a", "1");
    tables.put(table, "a", "2");
    tables.put(table, "a", "2");
    dynamo.deleteItem(r -> r.tableName(table.tableName()).key(key("a")));

    List<Record> records = stream(table).records();

    assertThat(records)
        .extracting(Record::eventName)
        .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
    assertThat(records).extracting(r -> r.dynamodb().sequenceNumber()).isSorted();
    assertThat(records.get(1).dynamodb().oldImage().get("V")).isEqualTo(text("1"));
    assertThat(records.get(1).dynamodb().newImage().get("V")).isEqualTo(text("2"));
    assertThat(records.get(2).dynamodb().hasNewImage()).isFalse();
  }

  @Test
  void batchesAndTransactionsEmitARecordForEachItem() {
    TableDescription table = tables.create();
    List<WriteRequest> writes =
        IntStream.range(0, 25)
            .mapToObj(i -> WriteRequest.builder().putRequest(p -> p.item(key("b" + i))).build())
            .toList();
    dynamo.batchWriteItem(r -> r.requestItems(Map.of(table.tableName(), writes)));
    dynamo.transactWriteItems(
        r -> r.transactItems(transactPut(table, "t1"), transactPut(table, "t2")));

    assertThat(stream(table).records()).hasSize(27);
  }

  @Test
  void aFailedConditionEmitsNothing() {
    TableDescription table = tables.create();
    tables.put(table, "a", "1");

    assertThatThrownBy(
            () ->
                dynamo.putItem(
                    r ->
                        r.tableName(table.tableName())
                            .item(key("a"))
                            .conditionExpression("attribute_not_exists(PK)")))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThatThrownBy(
            () ->
                dynamo.transactWriteItems(
                    r ->
                        r.transactItems(
                            transactPut(table, "new"),
                            TransactWriteItem.builder()
                                .conditionCheck(
                                    c ->
                                        c.tableName(table.tableName())
                                            .key(key("a"))
                                            .conditionExpression("V = :v")
                                            .expressionAttributeValues(Map.of(":v", text("9"))))
                                .build())))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(stream(table).records()).hasSize(1);
  }

  @Test
  void anExpiredItemIsRemovedByTheService() {
    TableDescription table = tables.create();
    dynamo.updateTimeToLive(
        r ->
            r.tableName(table.tableName())
                .timeToLiveSpecification(t -> t.enabled(true).attributeName("ExpiresAt")));
    long past = InstantSource.system().instant().minusSeconds(60).getEpochSecond();
    dynamo.putItem(
        r ->
            r.tableName(table.tableName())
                .item(
                    Map.of(
                        "PK",
                        text("gone"),
                        "G",
                        text("g"),
                        "ExpiresAt",
                        AttributeValue.fromN("" + past))));

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(stream(table).records()).hasSize(2));
    Record removal = stream(table).records().get(1);
    assertThat(removal.eventName()).isEqualTo(OperationType.REMOVE);
    assertThat(removal.dynamodb().keys()).as("not those of the index").containsOnlyKeys("PK");
    assertThat(removal.dynamodb().oldImage()).containsKeys("PK", "G", "ExpiresAt");
    assertThat(removal.userIdentity().type()).isEqualTo("Service");
    assertThat(removal.userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
  }

  @Test
  void aRecordTellsTheSecondOfItsCreation() {
    TableDescription table = tables.create();
    Instant begun = InstantSource.system().instant();
    tables.put(table, "a", "1");
    await().until(() -> InstantSource.system().instant().isAfter(begun.plusMillis(1100)));
    tables.put(table, "b", "1");
    Instant ended = InstantSource.system().instant();

    List<Instant> created =
        stream(table).records().stream()
            .map(record -> record.dynamodb().approximateCreationDateTime())
            .toList();

    assertThat(created).allMatch(time -> time.getNano() == 0);
    assertThat(created.get(0))
        .isBetween(begun.minusSeconds(1), begun.plusMillis(1100))
        .isBefore(created.get(1));
    assertThat(created.get(1)).isBetween(begun, ended);
  }

  @Test
  void anItemIsFoundThroughItsIndex() {
    TableDescription table = tables.create();
    dynamo.putItem(
        r -> r.tableName(table.tableName()).item(Map.of("PK", text("a"), "G", text("g1"))));

    var found =
        dynamo.query(
            r ->
                r.tableName(table.tableName())
                    .indexName("GSI1")
                    .keyConditionExpression("G = :g")
                    .expressionAttributeValues(Map.of(":g", text("g1"))));

    assertThat(found.items()).extracting(item -> item.get("PK")).containsExactly(text("a"));
  }

  @Test
  void everyNameBearsTheRegionOfAws() {
    TableDescription table = tables.create();
    tables.put(table, "a", "arn:aws:dynamodb:ddblocal:000000000000:table/text");
    StreamReader stream = stream(table);
    String iterator = stream.iterator(stream.onlyShard(), ShardIteratorType.TRIM_HORIZON);

    GetRecordsResponse page = stream.read(iterator);

    assertThat(table.tableArn()).startsWith("arn:aws:dynamodb:us-east-1:");
    assertThat(table.latestStreamArn()).startsWith("arn:aws:dynamodb:us-east-1:");
    assertThat(table.globalSecondaryIndexes().get(0).indexArn())
        .startsWith("arn:aws:dynamodb:us-east-1:");
    assertThat(dynamo.describeTable(r -> r.tableName(table.tableArn())).table().tableArn())
        .isEqualTo(table.tableArn());
    assertThat(clients.streams().listStreams(r -> r.tableName(table.tableName())).streams())
        .extracting(s -> s.streamArn())
        .containsExactly(table.latestStreamArn());
    assertThat(iterator).doesNotContain("ddblocal");
    assertThat(page.nextShardIterator()).doesNotContain("ddblocal");
    assertThat(page.records().get(0).awsRegion()).isEqualTo("us-east-1");
    assertThat(page.records().get(0).dynamodb().newImage().values().toString())
        .as("contents of items stay as they are")
        .contains("ddblocal");
  }

  @Test
  void anErrorNamesWhatTheClientNamed() {
    TableDescription table = tables.create();
    String missing = table.latestStreamArn() + "9";

    assertThatThrownBy(() -> clients.streams().describeStream(r -> r.streamArn(missing)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining(missing);
  }

  @Test
  void aResponseIsCompressedForWhoeverAsks() throws Exception {
    TableDescription table = tables.create();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(aws.endpoints().dynamodb())
                    .header("X-Amz-Target", "DynamoDB_20120810.DescribeTable")
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=a/1/b/dynamodb/x")
                    .header("Accept-Encoding", "gzip")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"TableName\":\"" + table.tableName() + "\"}"))
                    .build(),
                BodyHandlers.ofByteArray());

    CRC32 crc = new CRC32();
    crc.update(response.body());
    assertThat(response.headers().firstValue("x-amz-crc32")).contains("" + crc.getValue());
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(gunzip(response.body())).contains(table.tableArn());
  }

  @Test
  void aTakenPortIsNamedWithTheWayOut() {
    int taken = aws.endpoints().dynamodb().getPort();

    assertThatThrownBy(() -> LocalAws.start(dir.resolve("other"), taken, 0))
        .isInstanceOf(LocalAwsException.class)
        .hasMessage(
            "Port %d for DynamoDB is in use; choose another with --dynamodb-port, or 0 for a free one.",
            taken);
    int takenByS3 = aws.endpoints().s3().getPort();
    assertThatThrownBy(() -> LocalAws.start(dir.resolve("other"), 0, takenByS3))
        .hasMessageContaining("--s3-port");
  }

  private static StreamReader stream(TableDescription table) {
    return new StreamReader(clients.streams(), table.latestStreamArn());
  }

  private static TransactWriteItem transactPut(TableDescription table, String key) {
    return TransactWriteItem.builder()
        .put(p -> p.tableName(table.tableName()).item(key(key)))
        .build();
  }

  private static String gunzip(byte[] body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
