package dev.afterbay.local.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.transforms.change.TableName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class WorkloadIT {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path dir;

  private LocalAws aws;
  private LocalClients clients;
  private Replay replay;
  private StreamCount count;

  @BeforeEach
  void start() {
    aws = LocalAws.start(dir, 0, 0);
    clients = new LocalClients(aws.endpoints());
    replay = new Replay(clients.tables());
    count = new StreamCount(clients.streams());
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void theShopsOrdersAreShippedAndItsMirrorsAgree() {
    Scenario shop = Scenario.eCommerce(CLOCK);
    List<Long> progress = new ArrayList<>();

    replay.createTable(shop);
    replay.play(shop, progress::add);

    assertThat(progress).hasSize(shop.size()).last().isEqualTo((long) shop.size());
    assertThat(records(shop).all()).hasSize(shop.changes());
    assertThat(item(shop, "USER#ada", "ORDER#o1001")).containsEntry("Status", text("SHIPPED"));
    assertThat(item(shop, "USER#ada", "ORDER#o1003")).isEmpty();
    assertThat(item(shop, "PRODUCT#lamp", "USER#ada")).isNotEmpty();
    assertThat(item(shop, "PRODUCT#chair", "USER#ada")).isEmpty();
    assertThat(item(shop, "PRODUCT#chair", "DETAILS"))
        .containsEntry("Stock", AttributeValue.fromN("1"));
  }

  @Test
  void theTasksKeepTheirLocksAndTheExpiredSessionGoes() {
    Scenario tasks = Scenario.taskApp(CLOCK);

    replay.createTable(tasks);
    replay.play(tasks, done -> {});

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(records(tasks).removedByTtl()).hasSize(1));
    assertThat(records(tasks).all()).hasSize(tasks.changes() + 1);
    assertThat(item(tasks, "USER#u123", "TASK#t001"))
        .containsEntry("Status", text("DONE"))
        .containsEntry("Version", AttributeValue.fromN("3"));
    assertThat(openTasks(tasks)).containsExactly(text("TASK#t002"));
  }

  @Test
  void aFailureThatDoesNotComeIsReported() throws IOException {
    Scenario wrong =
        read(
            """
            table: { name: Wrong, key: { hash: PK, range: SK } }
            steps:
              - say: this cannot fail
                put: { item: { PK: a, SK: b } }
                fails: ConditionalCheckFailedException
            """);
    replay.createTable(wrong);

    assertThatThrownBy(() -> replay.play(wrong, done -> {}))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            "Wrong, 'this cannot fail' succeeded, but must fail with ConditionalCheckFailedException");
  }

  @Test
  void aFailureThatNobodyExpectedIsReported() throws IOException {
    Scenario wrong =
        read(
            """
            table: { name: Wrong, key: { hash: PK, range: SK } }
            steps:
              - say: there is nothing to delete
                delete: { key: { PK: a, SK: b }, condition: attribute_exists(PK) }
            """);
    replay.createTable(wrong);

    assertThatThrownBy(() -> replay.play(wrong, done -> {}))
        .hasMessageStartingWith("Wrong, 'there is nothing to delete': The conditional request");
  }

  @Test
  void everyRequestOfTheLoadIsOneRecord() {
    Scenario shop = Scenario.eCommerce(CLOCK);
    replay.createTable(shop);
    AtomicLong most = new AtomicLong();
    GeneratedLoad load = new GeneratedLoad(shop.tableName(), 42, 4, 200, Duration.ofSeconds(3));

    GeneratedLoad.Result result =
        load.run(clients.tables(), done -> most.accumulateAndGet(done, Math::max));

    assertThat(result.changes()).isEqualTo(most.get()).isBetween(1L, 600L);
    assertThat(result.updates()).isPositive();
    assertThat(result.deletes()).isPositive();
    assertThat(records(shop).all()).hasSize((int) result.changes()).doesNotHaveDuplicates();
  }

  @Test
  void theCountReadsAllShardsOfALineage() {
    Scenario shop = Scenario.eCommerce(CLOCK);
    replay.createTable(shop);
    put(shop, "before");
    aws.rollShards();
    aws.rollShards();
    put(shop, "after");

    List<StreamCount.Position> all = records(shop).all();

    assertThat(all).hasSize(2);
    assertThat(all.get(0).shard()).isNotEqualTo(all.get(1).shard());
    assertThat(all.get(1).sequenceNumber().isAfter(all.get(0).sequenceNumber())).isTrue();
  }

  private static Scenario read(String yaml) throws IOException {
    return new ScenarioFile("wrong.yaml", CLOCK)
        .read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private StreamCount.Records records(Scenario scenario) {
    return count.read(new TableName(scenario.tableName()));
  }

  private void put(Scenario scenario, String key) {
    clients
        .tables()
        .putItem(
            r -> r.tableName(scenario.tableName()).item(Map.of("PK", text(key), "SK", text("x"))));
  }

  private Map<String, AttributeValue> item(Scenario scenario, String pk, String sk) {
    return clients
        .tables()
        .getItem(r -> r.tableName(scenario.tableName()).key(Map.of("PK", text(pk), "SK", text(sk))))
        .item();
  }

  private List<AttributeValue> openTasks(Scenario scenario) {
    return clients
        .tables()
        .query(
            r ->
                r.tableName(scenario.tableName())
                    .indexName("GSI1")
                    .keyConditionExpression("GSI1PK = :pk")
                    .expressionAttributeValues(Map.of(":pk", text("STATUS#OPEN"))))
        .items()
        .stream()
        .map(item -> item.get("SK"))
        .toList();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
