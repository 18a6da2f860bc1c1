package dev.afterbay.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardFilterType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class ShardsIT {
  @TempDir static Path dir;

  private static LocalAws aws;
  private static LocalClients clients;
  private static TestTables tables;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(dir, 0, 0);
    clients = new LocalClients(aws.endpoints());
    tables = new TestTables(clients.tables());
  }

  @AfterAll
  static void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void aRolloverClosesTheShardAndOpensItsChild() throws Exception {
    TableDescription table = tables.create();
    StreamReader stream = stream(table);
    tables.put(table, "a", "1");
    String parent = stream.onlyShard();
    aws.rollShards();
    tables.put(table, "a", "2");

    List<Shard> shards = stream.shards();
    assertThat(shards).hasSize(2);
    assertThat(shards.get(0).sequenceNumberRange().endingSequenceNumber()).isNotNull();
    assertThat(shards.get(1).parentShardId()).isEqualTo(parent);
    String last = stream.iterator(parent, ShardIteratorType.LATEST);
    assertThat(stream.read(last).nextShardIterator()).as("a closed shard ends").isNull();
    assertThat(stream.records(shards.get(1).shardId())).hasSize(1);

    post(aws.endpoints().dynamodb().resolve("/_afterbay/roll-shards"));
    assertThat(stream.shards()).hasSize(3);
  }

  @Test
  void onlyTheChildrenOfTheNamedShardAreListed() {
    TableDescription table = tables.create();
    StreamReader stream = stream(table);
    aws.rollShards();
    aws.rollShards();
    List<Shard> all = stream.shards();

    for (int i = 0; i < 3; i++) {
      String parent = all.get(i).shardId();
      List<Shard> children =
          clients
              .streams()
              .describeStream(
                  r ->
                      r.streamArn(table.latestStreamArn())
                          .shardFilter(f -> f.type(ShardFilterType.CHILD_SHARDS).shardId(parent)))
              .streamDescription()
              .shards();
      assertThat(children).isEqualTo(all.subList(Math.min(i + 1, 3), Math.min(i + 2, 3)));
    }
  }

  @Test
  void anIteratorOfAnEmptyShardOutlivesWritesToOtherTables() {
    TableDescription table = tables.create();
    TableDescription other = tables.create();
    StreamReader stream = stream(table);
    String horizon = stream.iterator(stream.onlyShard(), ShardIteratorType.TRIM_HORIZON);
    String latest = stream.iterator(stream.onlyShard(), ShardIteratorType.LATEST);
    String next = stream.read(horizon).nextShardIterator();
    tables.put(other, "x", "1");
    next = stream.read(next).nextShardIterator();
    tables.put(other, "x", "2");
    tables.put(table, "a", "1");

    for (String iterator : List.of(horizon, latest, next)) {
      assertThat(stream.read(iterator).records()).hasSize(1);
    }
  }

  @Test
  void anIteratorBeforeTheOldestRecordIsRefused() {
    TableDescription table = tables.create();
    TableDescription other = tables.create();
    StreamReader stream = stream(table);
    String before = stream.shards().get(0).sequenceNumberRange().startingSequenceNumber();
    tables.put(other, "x", "1");
    tables.put(table, "a", "1");
    String trimmed =
        clients
            .streams()
            .getShardIterator(
                r ->
                    r.streamArn(table.latestStreamArn())
                        .shardId(stream.onlyShard())
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .sequenceNumber(before))
            .shardIterator();

    assertThatThrownBy(() -> stream.read(trimmed))
        .hasMessageContaining("past the oldest stream record");
  }

  @Test
  void aReaderGoesOnAfterTheSequenceNumberItKnows() {
    TableDescription table = tables.create();
    IntStream.range(0, 5).forEach(i -> tables.put(table, "a", "" + i));
    StreamReader stream = stream(table);
    String third = stream.records().get(2).dynamodb().sequenceNumber();
    String iterator =
        clients
            .streams()
            .getShardIterator(
                r ->
                    r.streamArn(table.latestStreamArn())
                        .shardId(stream.onlyShard())
                        .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(third))
            .shardIterator();

    assertThat(stream.read(iterator).records()).hasSize(2);
  }

  private static StreamReader stream(TableDescription table) {
    return new StreamReader(clients.streams(), table.latestStreamArn());
  }

  private static void post(URI uri) throws IOException, InterruptedException {
    HttpResponse<Void> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
                BodyHandlers.discarding());
    assertThat(response.statusCode()).isEqualTo(200);
  }
}
