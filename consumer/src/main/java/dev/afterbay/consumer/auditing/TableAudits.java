package dev.afterbay.consumer.auditing;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.CatalogClients;
import dev.afterbay.consumer.aws.ExportAccess;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.CatalogConfig;
import dev.afterbay.consumer.config.ReconciliationConfig;
import dev.afterbay.consumer.config.ReconciliationConfig.AuditEngine;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.status.LakeProgress;
import dev.afterbay.reconciliation.audit.AuditParts;
import dev.afterbay.reconciliation.audit.AuditedTable;
import dev.afterbay.reconciliation.audit.Audits;
import dev.afterbay.reconciliation.compare.AthenaEngine;
import dev.afterbay.reconciliation.compare.Comparison;
import dev.afterbay.reconciliation.compare.DuckEngine;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** What audits configured tables, and the connections that are its own. */
public final class TableAudits implements AutoCloseable {
  private final Audits audits;
  private final Runnable closing;

  private TableAudits(Audits audits, Runnable closing) {
    this.audits = audits;
    this.closing = closing;
  }

  /**
   * Audits of the configured tables.
   *
   * @param chosen what compares
   * @param scratch a folder of this process
   * @param patience how long to wait for the lake to come past a moment
   * @throws Failure if the configuration has not what the engine needs
   */
  public static TableAudits open(
      AfterbayConfig config,
      AuditEngine chosen,
      AwsClients aws,
      Path scratch,
      InstantSource clock,
      Duration patience) {
    ObjectStore store = new S3ObjectStore(aws.s3(), config.lake().bucket());
    Lake lake = new Lake(config.lake().prefix());
    Opened opened =
        switch (chosen) {
          case DUCKDB -> new Opened(new DuckEngine(store), () -> {});
          case ATHENA -> athena(config, store, lake, clock);
        };
    ExportAccess exports = ExportAccess.of(config, aws);
    return new TableAudits(
        new Audits(
            new AuditParts(
                store,
                lake,
                exports.store(),
                exports.client(),
                opened.engine(),
                new LakeProgress(config, store, aws.dynamoDb(), clock),
                clock,
                scratch),
            patience,
            ExportAccess.SLEEP),
        opened.closing());
  }

  /** An engine, and how to close what it works with. */
  private record Opened(Comparison.Engine engine, Runnable closing) {}

  private static Opened athena(
      AfterbayConfig config, ObjectStore store, Lake lake, InstantSource clock) {
    if (!(config.catalog() instanceof CatalogConfig.Glue glue) || glue.athena().isEmpty()) {
      throw new Failure(
          "The engine of audits is Athena, but " + ReconciliationConfig.WITHOUT_ATHENA);
    }
    CatalogClients clients = CatalogClients.open(config, glue, clock);
    return new Opened(
        new AthenaEngine(
            store,
            lake,
            clients.tables(),
            clients.queries("audit with engine duckdb ('--engine duckdb')").orElseThrow()),
        clients::close);
  }

  /** The audits. */
  public Audits audits() {
    return audits;
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

  @Override
  public void close() {
    closing.run();
  }
}
