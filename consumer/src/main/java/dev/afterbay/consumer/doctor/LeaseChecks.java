package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Whether the workers of a source table can keep their leases. */
final class LeaseChecks {
  private static final String LEASES = "lease table";
  private static final String INDEX = "LeaseOwnerToLeaseKeyIndex";
  private static final String KEY = "leaseKey";
  private static final String OWNER = "leaseOwner";

  /** A row that there never is. */
  private static final Map<String, AttributeValue> NOBODY =
      Map.of(KEY, AttributeValue.fromS("afterbay-doctor"));

  private static final String IF_THERE = "attribute_exists(" + KEY + ")";
  private static final String REFUSED = "ConditionalCheckFailedException";

  private final AfterbayConfig config;
  private final String name;
  private final String arn;
  private final DynamoDbClient dynamoDb;
  private @Nullable TableDescription description;
  private boolean absent;

  LeaseChecks(AfterbayConfig config, TableName table, Arns arns, DynamoDbClient dynamoDb) {
    this.config = config;
    this.name = config.applicationOf(table);
    this.arn = arns.table(name);
    this.dynamoDb = dynamoDb;
  }

  void look(Examination.Part part) {
    part.check(
        LEASES,
        List.of("identity"),
        PolicyStatement.allowing("dynamodb:DescribeTable", arn),
        this::exists);
    if (absent) {
      return;
    }
    part.check("lease index", List.of(LEASES), this::index);
    part.check("lease access", List.of(LEASES), this::access);
    part.check("lease protection", List.of(LEASES), this::protection);
  }

  private Outcome exists() {
    TableDescription found;
    try {
      found = dynamoDb.describeTable(r -> r.tableName(name)).table();
    } catch (ResourceNotFoundException e) {
      absent = true;
      String later = name + " is not there yet; the first worker creates it";
      return config.endpoints().local()
          ? Outcome.ok(later)
          : Outcome.warn(
              later,
              "create it beforehand, or "
                  + new PolicyStatement(
                          List.of("dynamodb:CreateTable", "dynamodb:UpdateTable"), arn)
                      .advice());
    }
    List<String> keys = found.keySchema().stream().map(KeySchemaElement::attributeName).toList();
    if (!keys.equals(List.of(KEY))) {
      return Outcome.failed(
          "table %s is not one of leases: its keys are %s, not %s"
              .formatted(name, String.join(", ", keys), KEY),
          "choose another 'application', whose lease tables bear names that are free");
    }
    if (found.tableStatus() != TableStatus.ACTIVE && found.tableStatus() != TableStatus.UPDATING) {
      return Outcome.failed(
          "%s is %s, not ACTIVE".formatted(name, found.tableStatusAsString()), "wait until it is");
    }
    description = found;
    return Outcome.ok(name + " is there");
  }

  private Outcome index() {
    boolean there =
        Objects.requireNonNull(description).globalSecondaryIndexes().stream()
            .anyMatch(index -> index.indexName().equals(INDEX));
    return there
        ? Outcome.ok(INDEX + " is there")
        : Outcome.warn(
            INDEX + " is missing; the first worker adds it and waits for it for minutes",
            AwsCommand.of(config)
                .dynamodb(
                    "update-table",
                    name,
                    "--attribute-definitions AttributeName=leaseKey,AttributeType=S"
                        + " AttributeName=leaseOwner,AttributeType=S"
                        + " --global-secondary-index-updates '[{\"Create\":{\"IndexName\":\""
                        + INDEX
                        + "\",\"KeySchema\":[{\"AttributeName\":\"leaseOwner\",\"KeyType\":\"HASH\"},"
                        + "{\"AttributeName\":\"leaseKey\",\"KeyType\":\"RANGE\"}],"
                        + "\"Projection\":{\"ProjectionType\":\"KEYS_ONLY\"}}}]'"));
  }

  private Outcome access() {
    DryCalls calls = new DryCalls();
    calls.tried(
        "dynamodb:GetItem", arn, () -> dynamoDb.getItem(r -> r.tableName(name).key(NOBODY)));
    calls.tried("dynamodb:Scan", arn, () -> dynamoDb.scan(r -> r.tableName(name).limit(1)));
    calls.tried(
        "dynamodb:PutItem",
        arn,
        () -> dynamoDb.putItem(r -> r.tableName(name).item(NOBODY).conditionExpression(IF_THERE)),
        REFUSED);
    calls.tried(
        "dynamodb:UpdateItem",
        arn,
        () ->
            dynamoDb.updateItem(
                r ->
                    r.tableName(name)
                        .key(NOBODY)
                        .updateExpression("REMOVE " + OWNER)
                        .conditionExpression(IF_THERE)),
        REFUSED);
    calls.tried(
        "dynamodb:DeleteItem",
        arn,
        () -> dynamoDb.deleteItem(r -> r.tableName(name).key(NOBODY).conditionExpression(IF_THERE)),
        REFUSED);
    if (Objects.requireNonNull(description).hasGlobalSecondaryIndexes()) {
      calls.tried("dynamodb:Query", arn + "/index/" + INDEX, this::query);
    } else {
      calls.untried("dynamodb:Query");
    }
    return calls.outcome();
  }

  private void query() {
    dynamoDb.query(
        r ->
            r.tableName(name)
                .indexName(INDEX)
                .keyConditionExpression(OWNER + " = :nobody")
                .expressionAttributeValues(
                    Map.of(":nobody", AttributeValue.fromS("afterbay-doctor")))
                .limit(1));
  }

  private Outcome protection() {
    AwsCommand aws = AwsCommand.of(config);
    List<String> missing = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    if (!Boolean.TRUE.equals(Objects.requireNonNull(description).deletionProtectionEnabled())) {
      missing.add("deletion protection");
      commands.add(aws.dynamodb("update-table", name, "--deletion-protection-enabled"));
    }
    if (!recoverable()) {
      missing.add("point-in-time recovery");
      commands.add(
          aws.dynamodb(
              "update-continuous-backups",
              name,
              "--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true"));
    }
    return missing.isEmpty()
        ? Outcome.ok("deletion protection and point-in-time recovery are on")
        : Outcome.warn("without " + String.join(" and ", missing), String.join(" && ", commands));
  }

  /** A caller who may not ask is not told that anything is missing. */
  private boolean recoverable() {
    try {
      PointInTimeRecoveryDescription recovery =
          dynamoDb
              .describeContinuousBackups(r -> r.tableName(name))
              .continuousBackupsDescription()
              .pointInTimeRecoveryDescription();
      return recovery != null
          && recovery.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED;
    } catch (AwsServiceException e) {
      if (Sentences.isAccessDenied(e)) {
        return true;
      }
      throw e;
    }
  }
}
