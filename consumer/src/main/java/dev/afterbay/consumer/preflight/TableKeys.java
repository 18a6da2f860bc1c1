package dev.afterbay.consumer.preflight;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Asks DynamoDB which attributes are the keys of a table. */
public final class TableKeys {
  private final String region;
  private final DynamoDbClient dynamoDb;

  /** Asks through this client; the region is only for the sentences. */
  public TableKeys(String region, DynamoDbClient dynamoDb) {
    this.region = region;
    this.dynamoDb = dynamoDb;
  }

  /**
   * The keys of a table, the partition key first.
   *
   * @throws Failure if DynamoDB does not tell, or if the keys cannot be columns of the lake
   */
  public List<KeyAttribute> of(TableName table) {
    return of(table, describe(table));
  }

  /**
   * The keys of a table, the partition key first, which what is configured for it suits.
   *
   * @throws Failure also with everything in the configuration that these keys show to be wrong
   */
  public List<KeyAttribute> of(TableConfig table) {
    return suiting(table, of(table.name()));
  }

  static List<KeyAttribute> suiting(TableConfig table, List<KeyAttribute> keys) {
    List<String> problems = table.problemsWith(keys);
    if (!problems.isEmpty()) {
      throw new Failure(problems);
    }
    return keys;
  }

  TableDescription describe(TableName table) {
    try {
      return dynamoDb.describeTable(request -> request.tableName(table.value())).table();
    } catch (ResourceNotFoundException e) {
      throw new Failure(
          "Table '" + table + "' does not exist in " + region + "; correct 'tables' or 'region'",
          e);
    } catch (DynamoDbException e) {
      throw refused(table, "dynamodb:DescribeTable", "the table", e);
    }
  }

  static List<KeyAttribute> of(TableName table, TableDescription description) {
    Map<String, String> types =
        description.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    AttributeDefinition::attributeTypeAsString));
    List<KeyAttribute> keys =
        description.keySchema().stream()
            .map(KeySchemaElement::attributeName)
            .map(
                name ->
                    new KeyAttribute(
                        name, KeyType.valueOf(types.getOrDefault(name, KeyType.S.name()))))
            .toList();
    try {
      // Knows which names cannot stand beside the lake's own columns.
      return new ChangesTable(keys).keys();
    } catch (IllegalArgumentException e) {
      throw new Failure("Table '" + table + "': " + e.getMessage(), e);
    }
  }

  static Failure refused(
      TableName table, String action, String resource, DynamoDbException refused) {
    return Sentences.isAccessDenied(refused)
        ? new Failure(
            "Access denied: table '"
                + table
                + "' needs the IAM action "
                + action
                + " on "
                + resource,
            refused)
        : new Failure("Table '" + table + "': " + Sentences.of(refused), refused);
  }
}
