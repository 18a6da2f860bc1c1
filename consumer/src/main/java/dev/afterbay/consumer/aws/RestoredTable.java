package dev.afterbay.consumer.aws;

import dev.afterbay.reconciliation.restore.RestoreException;
import dev.afterbay.reconciliation.restore.TargetTable;
import dev.afterbay.transforms.fromstream.StreamRecordDecoder;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A table of DynamoDB that is restored into: on demand, and with keys and indexes of the source.
 */
public final class RestoredTable implements TargetTable {
  private final DynamoDbClient dynamoDb;
  private final String name;
  private final TableShape shape;

  /**
   * A table, which may not be there yet.
   *
   * @param shape that it gets, or has
   */
  public RestoredTable(DynamoDbClient dynamoDb, String name, TableShape shape) {
    this.dynamoDb = dynamoDb;
    this.name = name;
    this.shape = shape;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> id() {
    return calling(
        "DescribeTable",
        () -> {
          try {
            return Optional.of(idOf(describe()));
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public String create() {
    return calling(
        "CreateTable",
        () -> {
          try {
            dynamoDb.createTable(request());
          } catch (ResourceInUseException e) {
            throw new RestoreException(
                "Table '" + name + "' was made by somebody else just now; repeat the command", e);
          }
          dynamoDb.waiter().waitUntilTableExists(r -> r.tableName(name));
          return idOf(describe());
        });
  }

  private CreateTableRequest request() {
    List<KeySchemaElement> schema = new ArrayList<>();
    for (KeyAttribute key : shape.keys()) {
      schema.add(
          KeySchemaElement.builder()
              .attributeName(key.name())
              .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)
              .build());
    }
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .keySchema(schema)
            .attributeDefinitions(shape.used())
            .billingMode(BillingMode.PAY_PER_REQUEST);
    if (!shape.global().isEmpty()) {
      request.globalSecondaryIndexes(shape.global());
    }
    if (!shape.local().isEmpty()) {
      request.localSecondaryIndexes(shape.local());
    }
    return request.build();
  }

  private TableDescription describe() {
    TableDescription table = dynamoDb.describeTable(r -> r.tableName(name)).table();
    if (table.tableStatus() == TableStatus.CREATING) {
      dynamoDb.waiter().waitUntilTableExists(r -> r.tableName(name));
    } else if (table.tableStatus() == TableStatus.DELETING) {
      throw new RestoreException("Table '" + name + "' is being deleted; repeat the command then");
    }
    return table;
  }

  private String idOf(TableDescription table) {
    List<KeyAttribute> keys = TableShape.keysOf(table);
    if (!keys.equals(shape.keys())) {
      throw new RestoreException(
          "Table '%s' has the keys %s, not those of the source, %s; name another table"
              .formatted(name, told(keys), told(shape.keys())));
    }
    return table.tableId() == null
        ? "created-" + table.creationDateTime().toEpochMilli()
        : table.tableId();
  }

  private static String told(List<KeyAttribute> keys) {
    return keys.stream()
        .map(key -> key.name() + " (" + key.type() + ")")
        .collect(Collectors.joining(", "));
  }

  @Override
  public boolean isEmpty() {
    return calling(
        "Scan",
        () ->
            dynamoDb.scan(r -> r.tableName(name).consistentRead(true).limit(1)).items().isEmpty());
  }

  @Override
  public void each(Consumer<Item> taker) {
    calling(
        "Scan",
        () -> {
          dynamoDb
              .scanPaginator(r -> r.tableName(name).consistentRead(true))
              .items()
              .forEach(item -> taker.accept(StreamRecordDecoder.item(item)));
          return name;
        });
  }

  @Override
  public List<Item> put(List<Item> items) {
    List<WriteRequest> requests =
        items.stream()
            .map(
                item ->
                    WriteRequest.builder()
                        .putRequest(put -> put.item(AttributeValues.of(item)))
                        .build())
            .toList();
    BatchWriteItemResponse answer =
        calling(
            "BatchWriteItem",
            () -> dynamoDb.batchWriteItem(r -> r.requestItems(Map.of(name, requests))));
    return answer.unprocessedItems().getOrDefault(name, List.of()).stream()
        .map(request -> StreamRecordDecoder.item(request.putRequest().item()))
        .toList();
  }

  @Override
  public void delete() {
    calling(
        "DeleteTable",
        () -> {
          dynamoDb.deleteTable(r -> r.tableName(name));
          return dynamoDb.waiter().waitUntilTableNotExists(r -> r.tableName(name));
        });
  }

  private <T> T calling(String operation, Supplier<T> call) {
    try {
      return call.get();
    } catch (DynamoDbException e) {
      boolean invalid =
          e.awsErrorDetails() != null
              && "ValidationException".equals(e.awsErrorDetails().errorCode());
      throw new RestoreException(
          "Table '%s' does not do what is asked (dynamodb:%s): %s"
              .formatted(
                  name,
                  operation,
                  // What DynamoDB says of items may hold parts of them.
                  invalid && operation.equals("BatchWriteItem")
                      ? "an item does not suit an index, which is younger than it may be: its"
                          + " attribute has another type there, or is empty. Delete the table and"
                          + " repeat with --without-indexes"
                      : Sentences.of(e)),
          e);
    } catch (SdkException e) {
      throw new RestoreException(
          "Table '%s' does not answer (dynamodb:%s): %s"
              .formatted(name, operation, Sentences.of(e)),
          e);
    }
  }
}
