package dev.afterbay.consumer.aws;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What a table is made of: its keys and its indexes.
 *
 * @param keys the partition key, then the sort key if there is one
 * @param global indexes
 * @param local indexes, which only a new table can get
 * @param definitions of all attributes that keys and indexes name
 * @param created when it was; empty if it is gone
 */
public record TableShape(
    List<KeyAttribute> keys,
    List<GlobalSecondaryIndex> global,
    List<LocalSecondaryIndex> local,
    List<AttributeDefinition> definitions,
    Optional<Instant> created) {
  /** Copies the lists. */
  public TableShape {
    keys = List.copyOf(keys);
    global = List.copyOf(global);
    local = List.copyOf(local);
    definitions = List.copyOf(definitions);
  }

  /** A table that is gone, of which nothing but the keys is known. */
  public static TableShape ofGone(List<KeyAttribute> keys) {
    return new TableShape(keys, List.of(), List.of(), definitions(keys), Optional.empty());
  }

  /**
   * What DynamoDB says of a table; empty if there is none.
   *
   * @throws Failure if it does not answer
   */
  public static Optional<TableShape> find(DynamoDbClient dynamoDb, TableName table) {
    try {
      return Optional.of(of(dynamoDb.describeTable(r -> r.tableName(table.value())).table()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw new Failure(
          "Table '" + table + "' cannot be described (dynamodb:DescribeTable): " + Sentences.of(e),
          e);
    }
  }

  private static TableShape of(TableDescription table) {
    return new TableShape(
        keysOf(table),
        table.globalSecondaryIndexes().stream()
            .map(
                index ->
                    GlobalSecondaryIndex.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .build())
            .toList(),
        table.localSecondaryIndexes().stream()
            .map(
                index ->
                    LocalSecondaryIndex.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .build())
            .toList(),
        table.attributeDefinitions(),
        Optional.ofNullable(table.creationDateTime()));
  }

  static List<KeyAttribute> keysOf(TableDescription table) {
    return table.keySchema().stream()
        .map(KeySchemaElement::attributeName)
        .map(
            name ->
                new KeyAttribute(
                    name,
                    table.attributeDefinitions().stream()
                        .filter(definition -> definition.attributeName().equals(name))
                        .map(definition -> KeyType.valueOf(definition.attributeTypeAsString()))
                        .findFirst()
                        .orElse(KeyType.S)))
        .toList();
  }

  /** The same without indexes. */
  public TableShape withoutIndexes() {
    return new TableShape(keys, List.of(), List.of(), definitions(keys), created);
  }

  /** Only what keys and indexes name may be defined. */
  List<AttributeDefinition> used() {
    Set<String> names =
        Stream.concat(
                keys.stream().map(KeyAttribute::name),
                Stream.concat(
                        global.stream().flatMap(index -> index.keySchema().stream()),
                        local.stream().flatMap(index -> index.keySchema().stream()))
                    .map(KeySchemaElement::attributeName))
            .collect(Collectors.toSet());
    return definitions.stream()
        .filter(definition -> names.contains(definition.attributeName()))
        .toList();
  }

  /** The names of all indexes. */
  public List<String> indexes() {
    List<String> names = new ArrayList<>();
    local.forEach(index -> names.add(index.indexName()));
    global.forEach(index -> names.add(index.indexName()));
    return names;
  }

  private static List<AttributeDefinition> definitions(List<KeyAttribute> keys) {
    return keys.stream()
        .map(
            key ->
                AttributeDefinition.builder()
                    .attributeName(key.name())
                    .attributeType(key.type().name())
                    .build())
        .toList();
  }
}
