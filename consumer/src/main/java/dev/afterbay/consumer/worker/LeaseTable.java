package dev.afterbay.consumer.worker;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.kinesis.coordinator.migration.ClientVersion;
import software.amazon.kinesis.coordinator.migration.MigrationState;

/**
 * The DynamoDB table in which KCL keeps the leases of one application.
 *
 * <p>Created here with its index in one go, if nobody did before: KCL itself would make the table
 * first and the index afterwards, and wait for both.
 */
final class LeaseTable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseTable.class);
  private static final String LEASE_KEY = "leaseKey";
  private static final String LEASE_OWNER = "leaseOwner";
  private static final String INDEX = "LeaseOwnerToLeaseKeyIndex";

  private final DynamoDbClient dynamoDb;
  private final String name;

  LeaseTable(DynamoDbClient dynamoDb, String name) {
    this.dynamoDb = dynamoDb;
    this.name = name;
  }

  /** Makes sure that the table stands and answers. */
  void prepare() {
    if (!exists()) {
      create();
    }
    dynamoDb.waiter().waitUntilTableExists(request -> request.tableName(name));
    noteVersion();
  }

  /**
   * Writes KCL's note of its own version, unless it is there. Of two workers that both find none,
   * KCL lets one fail, and that one never starts however often it tries again.
   */
  private void noteVersion() {
    Map<String, AttributeValue> note =
        new MigrationState(name).update(ClientVersion.CLIENT_VERSION_3X, name).serialize();
    note.put(LEASE_KEY, AttributeValue.fromS(MigrationState.MIGRATION_HASH_KEY));
    try {
      dynamoDb.putItem(
          request ->
              request
                  .tableName(name)
                  .item(note)
                  .conditionExpression("attribute_not_exists(" + LEASE_KEY + ")"));
    } catch (ConditionalCheckFailedException e) {
      LOG.debug("The lease table {} has the note of KCL's version", name);
    }
  }

  /** Deletes a worker's report of itself, so that it is not given leases any more. */
  void strikeOff(String worker) {
    dynamoDb.deleteItem(
        request -> request.tableName(name).key(Map.of(LEASE_KEY, AttributeValue.fromS(worker))));
  }

  private boolean exists() {
    try {
      dynamoDb.describeTable(request -> request.tableName(name));
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  private void create() {
    try {
      dynamoDb.createTable(
          request ->
              request
                  .tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(List.of(text(LEASE_KEY), text(LEASE_OWNER)))
                  .keySchema(key(LEASE_KEY, KeyType.HASH))
                  .globalSecondaryIndexes(byOwner()));
      LOG.info("Created the lease table {}", name);
    } catch (ResourceInUseException e) {
      LOG.info("Another worker created the lease table {} at the same time", name);
    }
  }

  private static GlobalSecondaryIndex byOwner() {
    return GlobalSecondaryIndex.builder()
        .indexName(INDEX)
        .keySchema(key(LEASE_OWNER, KeyType.HASH), key(LEASE_KEY, KeyType.RANGE))
        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }

  private static AttributeDefinition text(String attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }
}
