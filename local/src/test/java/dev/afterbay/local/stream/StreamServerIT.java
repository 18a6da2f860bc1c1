package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.aws.Json;
import dev.afterbay.transforms.change.SequenceNumber;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class StreamServerIT {
  private final HttpClient http = HttpClient.newHttpClient();
  private TestStream test;
  private StreamServer server;
  private TestClients clients;

  @BeforeEach
  void start() {
    test = TestStream.of(StreamSettings.seeded(1), 2);
    server = StreamServer.start(test.script(), 0);
    clients = TestClients.of(server.endpoint());
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
  }

  @Test
  void bothFacesShowTheSame() {
    test.fill(300);
    test.script().split(test.onlyShard());
    test.fill(300);
    Reading overHttp = new Reading(clients.streams(), test.script().latestArn().orElseThrow());
    Reading inProcess = test.reading();

    assertThat(overHttp.shards()).isEqualTo(inProcess.shards()).hasSize(4);
    for (Shard shard : overHttp.shards()) {
      assertThat(overHttp.records(shard.shardId()))
          .isEqualTo(inProcess.records(shard.shardId()))
          .isNotEmpty();
    }
    assertThat(
            overHttp
                .streams()
                .describeStream(r -> r.streamArn(overHttp.arn()))
                .streamDescription()
                .creationRequestDateTime())
        .isEqualTo(TestStream.START);
  }

  @Test
  void theTableIsDescribed() {
    TableDescription table = clients.tables().describeTable(r -> r.tableName("Contract")).table();

    assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(table.latestStreamArn()).isEqualTo(test.script().latestArn().orElseThrow());
    assertThat(table.latestStreamLabel()).isEqualTo("2026-11-21T05:00:00.250");
    assertThat(table.streamSpecification().streamEnabled()).isTrue();
    assertThat(table.keySchema()).extracting(k -> k.attributeName()).containsExactly("PK");
    assertThat(clients.tables().describeTable(r -> r.tableName(table.tableArn())).table())
        .isEqualTo(table);
    test.script().disable();
    TableDescription disabled =
        clients.tables().describeTable(r -> r.tableName("Contract")).table();
    assertThat(disabled.streamSpecification()).isNull();
    assertThat(disabled.latestStreamArn()).isEqualTo(table.latestStreamArn());
    assertThatThrownBy(() -> clients.tables().describeTable(r -> r.tableName("Other")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> clients.tables().listTables())
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Only streams are scripted");
  }

  @Test
  void theBodyHasTheChecksumThatItsHeaderSays() throws Exception {
    test.fill(20);
    Reading reading = test.reading();
    String iterator =
        reading.iterator(test.onlyShard().shard().value(), ShardIteratorType.TRIM_HORIZON);

    HttpResponse<byte[]> answer = call("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}");

    CRC32 crc = new CRC32();
    crc.update(answer.body());
    assertThat(answer.headers().firstValue("x-amz-crc32")).contains("" + crc.getValue());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.0");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .startsWith("{\"NextShardIterator\":\"arn:aws:dynamodb:us-east-1:")
        .contains("\"ApproximateCreationDateTime\":1.7952372E9,");
  }

  @Test
  void anErrorIsSpelledAsDynamoDbDoes() throws Exception {
    test.script()
        .faults()
        .on(StreamCall.GET_RECORDS, 1, new Fault.Refusal("LimitExceededException", 400, "slowly"));
    HttpResponse<byte[]> throttled = call("GetRecords", "{\"ShardIterator\":\"x\"}");
    HttpResponse<byte[]> invalid = call("GetRecords", "{\"ShardIterator\":\"x\"}");

    assertThat(throttled.statusCode()).isEqualTo(400);
    assertThat(new String(throttled.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#LimitExceededException\",\"message\":\"slowly\"}");
    assertThat(Json.text(Json.read(invalid.body()), "__type")).endsWith("#ValidationException");
  }

  @Test
  void theSdkRetriesServerErrorsAndCutConnections() {
    Faults faults = test.script().faults();
    faults.on(StreamCall.LIST_STREAMS, 1, Fault.internalError());
    faults.on(StreamCall.LIST_STREAMS, 2, Fault.unavailable());
    faults.on(StreamCall.LIST_STREAMS, 3, new Fault.Silence(Duration.ofMillis(20)));

    assertThat(clients.streams().listStreams().streams()).hasSize(1);
    assertThat(faults.made(StreamCall.LIST_STREAMS)).isEqualTo(4);
    assertThat(faults.given())
        .isEqualTo(Map.of("InternalServerError", 1L, "ServiceUnavailable", 1L, "Silence", 1L));
  }

  @Test
  void aSlowAnswerComesLate() {
    test.script().faults().on(StreamCall.LIST_STREAMS, 1, new Fault.Slow(Duration.ofMillis(300)));
    long start = System.nanoTime();

    assertThat(clients.streams().listStreams().streams()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
    assertThat(test.script().faults().made(StreamCall.LIST_STREAMS)).isEqualTo(1);
  }

  @Test
  void anotherProcessWritesTheScript() throws Exception {
    assertThat(post("shape", "{\"keys\":20,\"seed\":4}").isEmpty()).isTrue();
    assertThat(post("append", "{\"records\":500}").path("total").asInt()).isEqualTo(500);
    String shard = post("split", "{\"shard\":\"" + id(0) + "\"}").path("shards").path(1).asText();
    assertThat(post("roll", "{}").path("shards")).hasSize(3);
    post("roll-shards", "");
    post("put", "{\"item\":{\"PK\":{\"S\":\"one\"},\"V\":{\"N\":\"1\"}}}");
    assertThat(
            SequenceNumber.parse(
                post("delete", "{\"key\":{\"PK\":{\"S\":\"one\"}}}")
                    .path("sequenceNumber")
                    .asText()))
        .isNotNull();
    assertThat(post("trim", "{\"shard\":\"" + id(0) + "\",\"records\":3}").path("records").asInt())
        .isEqualTo(3);
    post("vanish", "{\"shard\":\"" + shard + "\"}");
    post("fault", "{\"call\":\"ListStreams\",\"type\":\"LimitExceededException\",\"times\":1}");
    assertThat(call("ListStreams", "{}").statusCode()).isEqualTo(400);
    assertThat(call("ListStreams", "{}").statusCode()).isEqualTo(200);
    post("disable", "");
    String arn = post("enable", "{\"shards\":3}").path("streamArn").asText();

    JsonNode state = Json.read(get("state").getBytes(StandardCharsets.UTF_8));
    assertThat(state.path("records").asInt()).isEqualTo(502);
    assertThat(state.path("streamArn").asText())
        .isEqualTo(arn)
        .isEqualTo(test.script().latestArn().orElseThrow());
    assertThat(state.path("losses").path(0).path("records").asInt()).isEqualTo(3);
    assertThat(state.path("faults").path("LimitExceededException").asInt()).isEqualTo(1);
    List<String> account = get("account").lines().toList();
    assertThat(account).hasSize(502);
    assertThat(account.get(0)).startsWith("{\"stream\":\"2026-11-21T05:00:00.250\",\"shard\":");
  }

  @Test
  void aLoadRunsUntilItIsEnded() throws Exception {
    post("load", "{\"perSecond\":2000}");
    await().until(() -> test.script().account().records() > 200);
    long ended = post("load", "{\"perSecond\":0}").path("total").asLong();

    assertThat(test.script().account().records()).isEqualTo(ended);
  }

  @Test
  void whatTheScriptCannotMeanIsRefused() throws Exception {
    HttpResponse<byte[]> unknown = send("POST", "explode", "{}");
    HttpResponse<byte[]> closed = send("POST", "roll", "{\"shard\":\"shardId-none\"}");

    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(new String(unknown.body(), StandardCharsets.UTF_8)).contains("split", "trim");
    assertThat(new String(closed.body(), StandardCharsets.UTF_8)).contains("no shard");
  }

  private String id(int shard) {
    return test.script().account().shards().get(shard).shard().value();
  }

  private JsonNode post(String verb, String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send("POST", verb, body);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Json.read(answer.body());
  }

  private String get(String verb) throws IOException, InterruptedException {
    return new String(send("GET", verb, "").body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> send(String method, String verb, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.endpoint().resolve("/_afterbay/" + verb))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> call(String operation, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.endpoint())
            .header("X-Amz-Target", "DynamoDBStreams_20120810." + operation)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
