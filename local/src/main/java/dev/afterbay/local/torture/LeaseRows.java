package dev.afterbay.local.torture;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The rows of a lease table, to be written over by hand. */
final class LeaseRows {
  private static final String KEY = "leaseKey";
  private static final String OWNER = "leaseOwner";

  private final DynamoDbClient dynamoDb;
  private final String table;

  LeaseRows(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** A worker's hold on a shard. */
  record Row(String shard, Optional<String> owner) {}

  /** The leases of shards, in the order of the shards; none while there is no table. */
  List<Row> rows() {
    try {
      return dynamoDb.scanPaginator(scan -> scan.tableName(table)).items().stream()
          .filter(item -> item.containsKey("checkpoint"))
          .map(item -> new Row(text(item, KEY).orElseThrow(), text(item, OWNER)))
          .sorted(Comparator.comparing(Row::shard))
          .toList();
    } catch (ResourceNotFoundException e) {
      return List.of();
    }
  }

  /** Every row with all that it holds, each in a line. */
  List<String> inFull() {
    try {
      return dynamoDb.scanPaginator(scan -> scan.tableName(table)).items().stream()
          .map(item -> new TreeMap<>(item).toString())
          .sorted()
          .toList();
    } catch (SdkException e) {
      return List.of("The lease table cannot be read: " + e.getMessage());
    }
  }

  private static Optional<String> text(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
  }

  /** Gives a lease to another owner, as if that one had taken it. */
  boolean steal(Row row, String thief) {
    return update(
        row,
        "SET leaseOwner = :owner ADD leaseCounter :one",
        Map.of(":owner", AttributeValue.fromS(thief), ":one", AttributeValue.fromN("1")));
  }

  /** Sets a checkpoint. */
  boolean checkpoint(Row row, String checkpoint) {
    return update(
        row,
        "SET checkpoint = :checkpoint, checkpointSubSequenceNumber = :zero",
        Map.of(
            ":checkpoint", AttributeValue.fromS(checkpoint), ":zero", AttributeValue.fromN("0")));
  }

  private boolean update(Row row, String expression, Map<String, AttributeValue> values) {
    try {
      dynamoDb.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(Map.of(KEY, AttributeValue.fromS(row.shard())))
                  .conditionExpression("attribute_exists(checkpoint)")
                  .updateExpression(expression)
                  .expressionAttributeValues(values));
      return true;
    } catch (ConditionalCheckFailedException | ResourceNotFoundException e) {
      return false;
    }
  }

  /** Deletes the whole table. */
  boolean drop() {
    try {
      dynamoDb.deleteTable(delete -> delete.tableName(table));
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }
}
