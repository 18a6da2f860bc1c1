package dev.afterbay.consumer.auditing;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.leader.LeaderTask;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.reconciliation.audit.AuditNotes;
import dev.afterbay.reconciliation.audit.AuditProgress;
import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.reconciliation.audit.AuditedTable;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the newest audit of each table, and audits it when that is due. It repairs nothing. */
public final class AuditTask implements LeaderTask {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTask.class);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration LOOK_LOCAL = Duration.ofSeconds(2);

  /** Beyond the time in which a worker commits what it holds. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final AfterbayConfig config;
  private final AwsClients aws;
  private final Path scratch;
  private final InstantSource clock;
  private final AuditObserver observer;
  private final AuditNotes notes;
  private final Optional<Schedule> schedule;

  /**
   * The audits of the configured tables, from now on.
   *
   * @param scratch a folder of this process
   */
  public AuditTask(
      AfterbayConfig config,
      AwsClients aws,
      Path scratch,
      InstantSource clock,
      AuditObserver observer) {
    this.config = config;
    this.aws = aws;
    this.scratch = scratch;
    this.clock = clock;
    this.observer = observer;
    this.notes =
        new AuditNotes(
            new S3ObjectStore(aws.s3(), config.lake().bucket()), new Lake(config.lake().prefix()));
    Instant begun = clock.instant();
    this.schedule = config.reconciliation().auditEvery().map(every -> new Schedule(every, begun));
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public Duration interval() {
    return config.endpoints().local() ? LOOK_LOCAL : LOOK;
  }

  @Override
  public boolean look(TableFacts facts) {
    Optional<AuditSummary> newest = notes.newest(facts.table());
    newest.ifPresent(observer::audited);
    return due(newest).isPresent();
  }

  @Override
  public Result work(TableFacts facts, Telling telling) throws InterruptedException {
    Optional<Instant> moment = due(notes.newest(facts.table()));
    if (moment.isPresent()) {
      try (TableAudits tables =
          TableAudits.open(
              config,
              config.reconciliation().auditEngine(),
              aws,
              scratch,
              clock,
              config.commit().maxAge().plus(PATIENCE))) {
        AuditedTable source = TableAudits.source(config, facts, aws);
        tell(tables.audits().audit(source, moment.get(), AuditProgress.none()), telling);
      }
    }
    return Result.DONE;
  }

  private Optional<Instant> due(Optional<AuditSummary> newest) {
    return schedule.flatMap(plan -> plan.due(clock.instant(), newest.map(AuditSummary::at)));
  }

  private static void tell(AuditSummary summary, Telling telling) {
    TableName table = summary.table();
    if (summary.drift() > 0) {
      telling.tell(
          "The audit of %s found drift: missing %d, stale %d, phantom %d; see SELECT * FROM %s_audits"
              .formatted(
                  summary.at(),
                  summary.missing(),
                  summary.stale(),
                  summary.phantom(),
                  table.folder()));
    } else {
      LOG.atInfo()
          .addKeyValue("event", "audited")
          .addKeyValue("table", table)
          .addKeyValue("at", summary.at())
          .addKeyValue("items", summary.items())
          .log("Audit found no drift");
    }
  }
}
