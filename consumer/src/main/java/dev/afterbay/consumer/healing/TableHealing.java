package dev.afterbay.consumer.healing;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.fromdynamodb.DynamoDbExports;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Puts together what heals a configured table. */
public final class TableHealing {
  /** Exports take minutes; the stand-in of a local AWS takes less than a second. */
  private static final Duration POLL = Duration.ofSeconds(10);

  private static final Duration POLL_LOCAL = Duration.ofMillis(500);

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
    LakeLocation exports = config.reconciliation().exports();
    ObjectStore exported = new S3ObjectStore(aws.s3(), exports.bucket());
    Duration interval = config.endpoints().local() ? POLL_LOCAL : POLL;
    return new Healing(
        store,
        exported,
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
            new ExportPlace(exports.bucket(), exports.prefix())),
        new ExportClient(
            new DynamoDbExports(aws.dynamoDb()),
            exported,
            interval,
            duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis())),
        new DynamoDbRecovery(aws.dynamoDb()),
        config.commit().maxAge().multipliedBy(2),
        scratch,
        clock);
  }
}
