package dev.afterbay.consumer.status;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.reconciliation.audit.AuditNotes;
import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.reconciliation.heal.Healing;
import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads the commit logs, and the lease tables for the owners of the shards. */
public final class Status {
  private final AfterbayConfig config;
  private final ObjectStore store;
  private final LeaseTable leases;
  private final Logs logs;
  private final List<String> notes = new ArrayList<>();
  private boolean leasesReadable = true;

  Status(AfterbayConfig config, ObjectStore store, DynamoDbClient dynamoDb) {
    this(
        config,
        store,
        dynamoDb,
        (table, held) -> LogStatus.read(store, new Lake(config.lake().prefix()), table));
  }

  Status(AfterbayConfig config, ObjectStore store, DynamoDbClient dynamoDb, Logs logs) {
    this.config = config;
    this.store = store;
    this.leases = new LeaseTable(dynamoDb);
    this.logs = logs;
  }

  /** The status of the configured tables; a lake that cannot be read fails. */
  public static StatusReport of(AfterbayConfig config, InstantSource clock) {
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      ObjectStore store = new S3ObjectStore(aws.s3(), config.lake().bucket());
      return new Status(config, store, aws.dynamoDb()).at(clock.instant());
    }
  }

  StatusReport at(Instant now) {
    Lake lake = new Lake(config.lake().prefix());
    List<TableStatus> tables = new ArrayList<>();
    for (TableConfig configured : config.tables()) {
      TableName table = configured.name();
      List<Lease> held = leases(table);
      LogStatus found = logs.read(table, held);
      notes.addAll(found.problems());
      RecordedGap.All gaps = RecordedGap.readAll(store, lake, table);
      notes.addAll(gaps.problems());
      tables.add(
          TableStatus.of(
                  table,
                  found.shards(),
                  gaps.gaps(),
                  open(gaps),
                  held,
                  ReadThroughNotes.of(store, lake, table, found.shards(), held),
                  now)
              .with(newestAudit(lake, table)));
    }
    return new StatusReport(config.application(), config.lake(), now, tables, notes);
  }

  /** The gaps that are not healed; of which nobody can tell, as well. */
  private Set<RecordedGap> open(RecordedGap.All gaps) {
    try {
      return Set.copyOf(Healing.openOf(store, new Lake(config.lake().prefix()), gaps.gaps()));
    } catch (LakeException | ObjectStoreException e) {
      notes.add(String.valueOf(e.getMessage()));
      return Set.copyOf(gaps.gaps());
    }
  }

  private Optional<AuditSummary> newestAudit(Lake lake, TableName table) {
    try {
      return new AuditNotes(store, lake).newest(table);
    } catch (LakeException e) {
      notes.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The lake tells how far it is even when nobody can tell who works on it. */
  private List<Lease> leases(TableName table) {
    if (!leasesReadable) {
      return List.of();
    }
    try {
      return leases.leases(config.applicationOf(table));
    } catch (SdkException e) {
      leasesReadable = false;
      notes.add("The owners of the shards are not known: " + Sentences.of(e));
      return List.of();
    }
  }

  /** Which of a table's logs are looked at. */
  @FunctionalInterface
  interface Logs {
    LogStatus read(TableName table, List<Lease> held);
  }
}
