package dev.afterbay.consumer.auditing;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.ExportAccess;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.status.LakeProgress;
import dev.afterbay.reconciliation.audit.AuditParts;
import dev.afterbay.reconciliation.audit.AuditedTable;
import dev.afterbay.reconciliation.audit.Audits;
import dev.afterbay.reconciliation.compare.DuckComparison;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Puts together what audits configured tables. */
public final class TableAudits {
  private TableAudits() {}

  /**
   * Audits of the configured tables.
   *
   * @param scratch a folder of this process
   * @param patience how long to wait for the lake to come past a moment
   */
  public static Audits of(
      AfterbayConfig config, AwsClients aws, Path scratch, InstantSource clock, Duration patience) {
    ObjectStore store = new S3ObjectStore(aws.s3(), config.lake().bucket());
    ExportAccess exports = ExportAccess.of(config, aws);
    return new Audits(
        new AuditParts(
            store,
            new Lake(config.lake().prefix()),
            exports.store(),
            exports.client(),
            DuckComparison.engine(store),
            new LakeProgress(config, store, aws.dynamoDb(), clock),
            clock,
            scratch),
        patience,
        ExportAccess.SLEEP);
  }

  /** A table as it is audited. */
  public static AuditedTable source(AfterbayConfig config, TableFacts facts, AwsClients aws) {
    SchemaLog schemas =
        new SchemaLog(
            new S3ObjectStore(aws.s3(), config.lake().bucket()), new Lake(config.lake().prefix()));
    return new AuditedTable(
        facts.table(),
        facts.tableArn(),
        facts.keys(),
        facts.typedTables(config.table(facts.table()).entities(), schemas),
        ExportAccess.of(config, aws).place());
  }
}
