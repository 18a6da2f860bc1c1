package dev.afterbay.consumer.healing;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.ExportAccess;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.reconciliation.fromdynamodb.DynamoDbRecovery;
import dev.afterbay.reconciliation.heal.HealedTable;
import dev.afterbay.reconciliation.heal.Healing;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.nio.file.Path;
import java.time.InstantSource;

/** Puts together what heals a configured table. */
public final class TableHealing {
  private TableHealing() {}

  /**
   * The healing of a table.
   *
   * @param facts of the table
   * @param scratch a folder of this process
   */
  public static Healing of(
      AfterbayConfig config, TableFacts facts, AwsClients aws, Path scratch, InstantSource clock) {
    ObjectStore store = new S3ObjectStore(aws.s3(), config.lake().bucket());
    Lake lake = new Lake(config.lake().prefix());
    ExportAccess exports = ExportAccess.of(config, aws);
    return new Healing(
        store,
        exports.store(),
        lake,
        new HealedTable(
            facts.table(),
            facts.tableArn(),
            facts.keys(),
            facts.protection(),
            () ->
                new TypedTables(
                        facts.table(),
                        new ChangesTable(facts.keys()),
                        config.table(facts.table()).entities(),
                        facts.protection(),
                        new SchemaLog(store, lake))
                    .rowsOfProtected(Origin.HEAL),
            exports.place()),
        exports.client(),
        new DynamoDbRecovery(aws.dynamoDb()),
        config.commit().maxAge().multipliedBy(2),
        scratch,
        clock);
  }
}
