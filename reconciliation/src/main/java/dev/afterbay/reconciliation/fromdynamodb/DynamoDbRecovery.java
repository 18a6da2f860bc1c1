package dev.afterbay.reconciliation.fromdynamodb;

import dev.afterbay.reconciliation.heal.Restorable;
import dev.afterbay.transforms.change.TableName;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;

/** The reach of point-in-time recovery, as DynamoDB tells it. */
public final class DynamoDbRecovery implements Restorable {
  private final DynamoDbClient dynamoDb;

  /** The recovery that a client sees. */
  public DynamoDbRecovery(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  @Override
  public Reach of(TableName table) {
    try {
      PointInTimeRecoveryDescription recovery =
          dynamoDb
              .describeContinuousBackups(describe -> describe.tableName(table.value()))
              .continuousBackupsDescription()
              .pointInTimeRecoveryDescription();
      if (recovery == null
          || recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED
          || recovery.earliestRestorableDateTime() == null
          || recovery.latestRestorableDateTime() == null) {
        return new Reach.Off();
      }
      return new Reach.Between(
          recovery.earliestRestorableDateTime(), recovery.latestRestorableDateTime());
    } catch (SdkException e) {
      throw new ExportFailures(dynamoDb)
          .translated(
              "ask for the point-in-time recovery of table '" + table + "'",
              "DescribeContinuousBackups",
              e);
    }
  }
}
