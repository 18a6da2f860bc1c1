package dev.afterbay.local.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Plays scenarios through an ordinary client and holds the service to what they say. */
public final class Replay {
  private final DynamoDbClient client;

  public Replay(DynamoDbClient client) {
    this.client = client;
  }

  /** Creates the scenario's table with its indexes, its stream and its time-to-live. */
  public void createTable(Scenario scenario) {
    TableSpec table = scenario.table();
    client.createTable(request(table));
    client.waiter().waitUntilTableExists(r -> r.tableName(table.name()));
    client.updateContinuousBackups(
        r ->
            r.tableName(table.name())
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    String timeToLive = table.timeToLive();
    if (timeToLive != null) {
      client.updateTimeToLive(
          r ->
              r.tableName(table.name())
                  .timeToLiveSpecification(t -> t.enabled(true).attributeName(timeToLive)));
    }
  }

  /**
   * Sends every step in order.
   *
   * @param progress told after each step how many are done
   * @throws ScenarioException when a step does not end as the scenario says
   */
  public void play(Scenario scenario, LongConsumer progress) {
    long done = 0;
    for (Step step : scenario.steps()) {
      play(scenario, step);
      done++;
      progress.accept(done);
    }
  }

  private void play(Scenario scenario, Step step) {
    try {
      step.write().send(client, scenario.tableName());
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails().errorCode();
      if (code.equals(step.failure())) {
        return;
      }
      throw new ScenarioException(
          "%s, '%s': %s".formatted(scenario.tableName(), step.says(), e.getMessage()), e);
    }
    if (step.failure() != null) {
      throw new ScenarioException(
          "%s, '%s' succeeded, but must fail with %s"
              .formatted(scenario.tableName(), step.says(), step.failure()));
    }
  }

  private static CreateTableRequest request(TableSpec table) {
    List<AttributeDefinition> attributes = new ArrayList<>(attributes(table.key()));
    List<GlobalSecondaryIndex> indexes = new ArrayList<>();
    for (TableSpec.Index index : table.indexes()) {
      attributes.addAll(attributes(index.key()));
      indexes.add(
          GlobalSecondaryIndex.builder()
              .indexName(index.name())
              .keySchema(schema(index.key()))
              .projection(p -> p.projectionType(ProjectionType.ALL))
              .build());
    }
    return CreateTableRequest.builder()
        .tableName(table.name())
        .attributeDefinitions(attributes)
        .keySchema(schema(table.key()))
        .globalSecondaryIndexes(indexes.isEmpty() ? null : indexes)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .streamSpecification(
            s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
        .build();
  }

  private static List<AttributeDefinition> attributes(TableSpec.Key key) {
    return List.of(string(key.hash()), string(key.range()));
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static List<KeySchemaElement> schema(TableSpec.Key key) {
    return List.of(
        KeySchemaElement.builder().attributeName(key.hash()).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(key.range()).keyType(KeyType.RANGE).build());
  }
}
