package dev.afterbay.local.workload;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** One request of a scenario that may change items. */
sealed interface Write {
  /** Sends the request. */
  void send(DynamoDbClient client, String table);

  /** How many stream records it causes when it succeeds. */
  int changes();

  /** A write of a single item, which can also be part of a batch or a transaction. */
  sealed interface Single extends Write {
    TransactWriteItem inTransaction(String table);

    WriteRequest inBatch();

    @Override
    default int changes() {
      return 1;
    }
  }

  /** Writes a whole item. */
  record Put(Map<String, AttributeValue> item, Condition condition) implements Single {
    @Override
    public void send(DynamoDbClient client, String table) {
      client.putItem(
          r ->
              r.tableName(table)
                  .item(item)
                  .conditionExpression(condition.expression())
                  .expressionAttributeNames(condition.names())
                  .expressionAttributeValues(condition.values()));
    }

    @Override
    public TransactWriteItem inTransaction(String table) {
      return TransactWriteItem.builder()
          .put(
              p ->
                  p.tableName(table)
                      .item(item)
                      .conditionExpression(condition.expression())
                      .expressionAttributeNames(condition.names())
                      .expressionAttributeValues(condition.values()))
          .build();
    }

    @Override
    public WriteRequest inBatch() {
      return WriteRequest.builder().putRequest(p -> p.item(item)).build();
    }
  }

  /** Changes attributes of an item; names and values of both expressions are in the condition. */
  record Update(Map<String, AttributeValue> key, String expression, Condition condition)
      implements Single {
    @Override
    public void send(DynamoDbClient client, String table) {
      client.updateItem(
          r ->
              r.tableName(table)
                  .key(key)
                  .updateExpression(expression)
                  .conditionExpression(condition.expression())
                  .expressionAttributeNames(condition.names())
                  .expressionAttributeValues(condition.values()));
    }

    @Override
    public TransactWriteItem inTransaction(String table) {
      return TransactWriteItem.builder()
          .update(
              u ->
                  u.tableName(table)
                      .key(key)
                      .updateExpression(expression)
                      .conditionExpression(condition.expression())
                      .expressionAttributeNames(condition.names())
                      .expressionAttributeValues(condition.values()))
          .build();
    }

    @Override
    public WriteRequest inBatch() {
      throw new IllegalArgumentException("A batch cannot update; use a transaction");
    }
  }

  /** Removes an item. */
  record Delete(Map<String, AttributeValue> key, Condition condition) implements Single {
    @Override
    public void send(DynamoDbClient client, String table) {
      client.deleteItem(
          r ->
              r.tableName(table)
                  .key(key)
                  .conditionExpression(condition.expression())
                  .expressionAttributeNames(condition.names())
                  .expressionAttributeValues(condition.values()));
    }

    @Override
    public TransactWriteItem inTransaction(String table) {
      return TransactWriteItem.builder()
          .delete(
              d ->
                  d.tableName(table)
                      .key(key)
                      .conditionExpression(condition.expression())
                      .expressionAttributeNames(condition.names())
                      .expressionAttributeValues(condition.values()))
          .build();
    }

    @Override
    public WriteRequest inBatch() {
      return WriteRequest.builder().deleteRequest(d -> d.key(key)).build();
    }
  }

  /** Up to 25 puts and deletes in one BatchWriteItem. */
  record Batch(List<Single> writes) implements Write {
    public Batch {
      writes = List.copyOf(writes);
    }

    @Override
    public void send(DynamoDbClient client, String table) {
      Map<String, List<WriteRequest>> left =
          Map.of(table, writes.stream().map(Single::inBatch).toList());
      while (!left.isEmpty()) {
        Map<String, List<WriteRequest>> now = left;
        BatchWriteItemResponse response = client.batchWriteItem(r -> r.requestItems(now));
        left = response.unprocessedItems();
      }
    }

    @Override
    public int changes() {
      return writes.size();
    }
  }

  /** All or nothing, in one TransactWriteItems. */
  record Transaction(List<Single> writes) implements Write {
    public Transaction {
      writes = List.copyOf(writes);
    }

    @Override
    public void send(DynamoDbClient client, String table) {
      List<TransactWriteItem> items = writes.stream().map(w -> w.inTransaction(table)).toList();
      client.transactWriteItems(r -> r.transactItems(items));
    }

    @Override
    public int changes() {
      return writes.size();
    }
  }
}
