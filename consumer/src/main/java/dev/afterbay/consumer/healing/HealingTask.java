package dev.afterbay.consumer.healing;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.ReconciliationConfig;
import dev.afterbay.consumer.leader.LeaderTask;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.reconciliation.export.ExportProgress;
import dev.afterbay.reconciliation.heal.GapState;
import dev.afterbay.reconciliation.heal.Healing;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for gaps that are not healed, and heals them. */
public final class HealingTask implements LeaderTask {
  private static final Logger LOG = LoggerFactory.getLogger(HealingTask.class);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration LOOK_LOCAL = Duration.ofSeconds(2);

  private final AfterbayConfig config;
  private final AwsClients aws;
  private final Path scratch;
  private final InstantSource clock;
  private final GapObserver observer;

  /**
   * The healing of the configured tables.
   *
   * @param scratch a folder of this process
   */
  public HealingTask(
      AfterbayConfig config,
      AwsClients aws,
      Path scratch,
      InstantSource clock,
      GapObserver observer) {
    this.config = config;
    this.aws = aws;
    this.scratch = scratch;
    this.clock = clock;
    this.observer = observer;
  }

  @Override
  public String name() {
    return "healing";
  }

  @Override
  public Duration interval() {
    return config.endpoints().local() ? LOOK_LOCAL : LOOK;
  }

  @Override
  public boolean look(TableFacts facts) {
    int open =
        Healing.openGaps(
                new S3ObjectStore(aws.s3(), config.lake().bucket()),
                new Lake(config.lake().prefix()),
                facts.table())
            .size();
    observer.open(facts.table(), open);
    return open > 0 && config.reconciliation().healing() == ReconciliationConfig.Healing.AUTO;
  }

  @Override
  public Result work(TableFacts facts, Telling telling) throws InterruptedException {
    Result result = Result.DONE;
    for (GapState state :
        TableHealing.of(config, facts, aws, scratch, clock).heal(ExportProgress.none())) {
      if (state instanceof GapState.Healed healed) {
        LOG.atInfo()
            .addKeyValue("event", "gap-healed")
            .addKeyValue("table", facts.table())
            .addKeyValue("shardId", healed.gap().shard().shard())
            .addKeyValue("rows", healed.rows())
            .log("Gap healed");
      } else if (state instanceof GapState.Open open) {
        result = Result.LATER;
        if (open.prospect() == GapState.Prospect.FOR_SOMEBODY) {
          telling.tell("The gap of " + open.gap().shard() + " stays open: " + open.reason());
        } else {
          LOG.atDebug()
              .addKeyValue("event", "gap-open")
              .addKeyValue("table", facts.table())
              .addKeyValue("shardId", open.gap().shard().shard())
              .log("The gap stays open: {}", open.reason());
        }
      }
    }
    return result;
  }
}
