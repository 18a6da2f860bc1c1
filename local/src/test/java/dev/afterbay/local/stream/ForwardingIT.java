package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.local.aws.LocalAws;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

class ForwardingIT {
  @TempDir static Path dir;

  private static LocalAws aws;
  private static TestStream test;
  private static StreamServer server;
  private static TestClients clients;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(dir, 0, 0);
    test = TestStream.ofOneShard();
    server = StreamServer.startBefore(aws.endpoints().dynamodb(), test.script(), 0);
    clients = TestClients.of(server.endpoint());
  }

  @AfterAll
  static void stop() {
    clients.close();
    server.close();
    aws.close();
  }

  @Test
  void otherTablesAndTheirStreamsAreThoseOfTheEndpointBehind() {
    String arn =
        clients
            .tables()
            .createTable(
                r ->
                    r.tableName("Leases")
                        .attributeDefinitions(
                            AttributeDefinition.builder()
                                .attributeName("PK")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(
                            KeySchemaElement.builder()
                                .attributeName("PK")
                                .keyType(KeyType.HASH)
                                .build())
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .streamSpecification(
                            s ->
                                s.streamEnabled(true)
                                    .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
            .tableDescription()
            .latestStreamArn();
    Map<String, AttributeValue> item = StreamsContract.item("a", "x".repeat(5_000));
    clients.tables().putItem(r -> r.tableName("Leases").item(item));

    assertThat(
            clients
                .tables()
                .getItem(r -> r.tableName("Leases").key(Map.of("PK", item.get("PK"))))
                .item())
        .isEqualTo(item);
    Reading other = new Reading(clients.streams(), arn);
    assertThat(other.records(other.shards().get(0).shardId())).hasSize(1);
    assertThatThrownBy(
            () ->
                clients
                    .tables()
                    .putItem(
                        r ->
                            r.tableName("Leases")
                                .item(item)
                                .conditionExpression("attribute_not_exists(PK)")))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThatThrownBy(() -> clients.tables().describeTable(r -> r.tableName("None")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void theScriptedTableHidesOnlyItself() {
    Reading scripted = new Reading(clients.streams(), test.script().latestArn().orElseThrow());

    assertThat(
            clients.tables().describeTable(r -> r.tableName("Contract")).table().latestStreamArn())
        .isEqualTo(scripted.arn());
    assertThat(scripted.shards()).hasSize(1);
    assertThatThrownBy(
            () ->
                clients
                    .tables()
                    .putItem(r -> r.tableName("Contract").item(StreamsContract.item("a", "1"))))
        .as("it has a stream and no items")
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
