package dev.afterbay.local.aws;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Small tables with a stream, an index and a name of their own. */
record TestTables(DynamoDbClient dynamo) {
  private static final AtomicInteger TABLES = new AtomicInteger();

  TableDescription create() {
    String name = "Table-" + TABLES.incrementAndGet();
    GlobalSecondaryIndex index =
        GlobalSecondaryIndex.builder()
            .indexName("GSI1")
            .keySchema(hashKey("G"))
            .projection(p -> p.projectionType(ProjectionType.ALL))
            .build();
    return dynamo
        .createTable(
            r ->
                r.tableName(name)
                    .attributeDefinitions(string("PK"), string("G"))
                    .keySchema(hashKey("PK"))
                    .globalSecondaryIndexes(index)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .streamSpecification(
                        s ->
                            s.streamEnabled(true)
                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
        .tableDescription();
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement hashKey(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  void put(TableDescription table, String key, String value) {
    dynamo.putItem(
        r -> r.tableName(table.tableName()).item(Map.of("PK", text(key), "V", text(value))));
  }

  static Map<String, AttributeValue> key(String value) {
    return Map.of("PK", text(value));
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
