package dev.afterbay.local.export;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** A table with the key {@code PK}, a stream and items of one value. */
record TestTable(DynamoDbClient dynamo, String name) {
  private static final AtomicInteger TABLES = new AtomicInteger();

  static TestTable created(DynamoDbClient dynamo) {
    TestTable table = new TestTable(dynamo, "Exported-" + TABLES.incrementAndGet());
    table.create();
    return table;
  }

  /** One that can be exported. */
  static TestTable recoverable(DynamoDbClient dynamo) {
    TestTable table = created(dynamo);
    table.recover(true);
    return table;
  }

  void create() {
    AttributeDefinition text =
        AttributeDefinition.builder()
            .attributeName("PK")
            .attributeType(ScalarAttributeType.S)
            .build();
    KeySchemaElement hash =
        KeySchemaElement.builder().attributeName("PK").keyType(KeyType.HASH).build();
    dynamo.createTable(
        r ->
            r.tableName(name)
                .attributeDefinitions(text)
                .keySchema(hash)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
  }

  String arn() {
    return "arn:aws:dynamodb:us-east-1:000000000000:table/" + name;
  }

  void recover(boolean on) {
    dynamo.updateContinuousBackups(
        r ->
            r.tableName(name)
                .pointInTimeRecoverySpecification(s -> s.pointInTimeRecoveryEnabled(on)));
  }

  PointInTimeRecoveryDescription recovery() {
    return dynamo
        .describeContinuousBackups(r -> r.tableName(name))
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription();
  }

  void put(String key, String value) {
    dynamo.putItem(
        r ->
            r.tableName(name)
                .item(Map.of("PK", AttributeValue.fromS(key), "V", AttributeValue.fromS(value))));
  }

  void delete(String key) {
    dynamo.deleteItem(r -> r.tableName(name).key(Map.of("PK", AttributeValue.fromS(key))));
  }
}
