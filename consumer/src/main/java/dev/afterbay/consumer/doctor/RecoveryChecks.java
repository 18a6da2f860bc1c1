package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.ReconciliationConfig;
import dev.afterbay.consumer.config.ReconciliationConfig.Healing;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;

/** Whether snapshots, audits and healing can have exports of a table. */
final class RecoveryChecks {
  private static final String RECOVERY = "point-in-time recovery";

  /** A stream keeps a day, and a gap is found a day later at most. */
  private static final Duration LEAST = Duration.ofDays(2);

  private final AfterbayConfig config;
  private final TableName table;
  private final String tableArn;
  private final DynamoDbClient dynamoDb;
  private final InstantSource clock;

  RecoveryChecks(
      AfterbayConfig config,
      TableName table,
      String tableArn,
      DynamoDbClient dynamoDb,
      InstantSource clock) {
    this.config = config;
    this.table = table;
    this.tableArn = tableArn;
    this.dynamoDb = dynamoDb;
    this.clock = clock;
  }

  void look(Examination.Part part) {
    part.check(
        RECOVERY,
        List.of(TableChecks.TABLE),
        PolicyStatement.allowing("dynamodb:DescribeContinuousBackups", tableArn),
        this::window);
    part.check("exports", List.of(RECOVERY), this::exports);
  }

  private Outcome window() {
    PointInTimeRecoveryDescription recovery =
        dynamoDb
            .describeContinuousBackups(r -> r.tableName(table.value()))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    if (recovery == null
        || recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED) {
      return off();
    }
    Integer days = recovery.recoveryPeriodInDays();
    if (days != null && Duration.ofDays(days).compareTo(LEAST) < 0) {
      return Outcome.warn(
          "it keeps %d day: a gap that is found late cannot be healed".formatted(days),
          switchOn(",RecoveryPeriodInDays=35"));
    }
    Instant earliest = recovery.earliestRestorableDateTime();
    return earliest != null && earliest.isAfter(clock.instant().minus(LEAST))
        ? Outcome.warn(
            "it reaches back to " + earliest + " only: gaps before cannot be healed",
            "wait; it grows to %d days by itself".formatted(days == null ? 35 : days))
        : Outcome.ok("on, back to " + earliest);
  }

  private Outcome off() {
    ReconciliationConfig wanted = config.reconciliation();
    String fix = switchOn("");
    if (wanted.auditEvery().isPresent()) {
      return Outcome.failed("off, but 'audit' wants exports", fix);
    }
    return wanted.healing() == Healing.AUTO
        ? Outcome.failed("off, but 'heal: auto' wants exports", fix + ", or write 'heal: manual'")
        : Outcome.warn("off: no snapshot, audit or healing can be had", fix);
  }

  private String switchOn(String more) {
    return AwsCommand.of(config)
        .dynamodb(
            "update-continuous-backups",
            table.value(),
            "--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true" + more);
  }

  private Outcome exports() {
    DryCalls calls = new DryCalls();
    calls.tried(
        "dynamodb:ListExports",
        tableArn,
        () -> dynamoDb.listExports(r -> r.tableArn(tableArn).maxResults(1)));
    calls.tried(
        "dynamodb:DescribeExport",
        tableArn + "/export/*",
        () ->
            dynamoDb.describeExport(r -> r.exportArn(tableArn + "/export/01600000000000-00000000")),
        "ExportNotFoundException");
    // No table has a state of that time: nothing is exported, even if it is allowed.
    calls.tried(
        "dynamodb:ExportTableToPointInTime",
        tableArn,
        () ->
            dynamoDb.exportTableToPointInTime(
                r ->
                    r.tableArn(tableArn)
                        .s3Bucket(config.reconciliation().exports().bucket())
                        .exportTime(Instant.EPOCH)),
        "InvalidExportTimeException",
        "PointInTimeRecoveryUnavailableException",
        "ValidationException");
    return calls.outcome();
  }
}
