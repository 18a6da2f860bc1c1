package dev.afterbay.consumer.rewind;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.ExportAccess;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.status.LeaseTable;
import dev.afterbay.consumer.worker.Checkpoints;
import dev.afterbay.consumer.worker.StreamRecords;
import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.commit.Rewinder;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.rewind.Criterion;
import dev.afterbay.sinks.rewind.Cut;
import dev.afterbay.sinks.rewind.LogRewind;
import dev.afterbay.sinks.rewind.RewindPlan;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Takes a table back: what is in the lake after a point is set aside, and workers read it from the
 * stream again. Refused as long as workers read, and if the stream does not have all of it any
 * more.
 */
public final class TableRewind {
  /** The stream forgets after 24 hours; what is nearly that old may be gone before it is read. */
  private static final Duration SAFE_AGE = Duration.ofHours(23);

  static final String WAY_OUT =
      "; nothing was changed. Go back to a later point; what is wrong before it is mended from"
          + " exports ('afterbay audit --repair', 'afterbay heal')";

  private final TableFacts facts;
  private final ObjectStore store;
  private final Lake lake;
  private final StreamRecords stream;
  private final Holders holders;
  private final Checkpoints checkpoints;
  private final Rewinder rewinder;
  private final InstantSource clock;

  /** The way back of one table. */
  public TableRewind(AfterbayConfig config, TableFacts facts, AwsClients aws, InstantSource clock) {
    String application = config.applicationOf(facts.table());
    this.facts = facts;
    this.store = new S3ObjectStore(aws.s3(), config.lake().bucket());
    this.lake = new Lake(config.lake().prefix());
    this.stream = new StreamRecords(aws, facts.streamArn(), clock);
    this.holders = new Holders(new LeaseTable(aws.dynamoDb()), application, ExportAccess.SLEEP);
    this.checkpoints = new Checkpoints(aws, application);
    this.rewinder = new Rewinder(store, lake, clock);
    this.clock = clock;
  }

  /**
   * What would be set aside.
   *
   * @throws RuntimeException if that would be refused, with the reason and the way out
   */
  public RewindPlan plan(Criterion criterion) {
    return task(criterion).plan();
  }

  /**
   * Sets aside what comes after a point. May be stopped at any moment and repeated.
   *
   * @param progress is told of each log that is taken back
   * @return what was set aside; that an earlier call had begun and this one completed is not in it
   * @throws RuntimeException if it is refused, with the reason and the way out
   */
  public List<Cut> rewind(Criterion criterion, Consumer<StreamShard> progress) {
    task(criterion);
    holders.refuseIfAny();
    List<Cut> cuts = new LogRewind(rewinder, progress).run(() -> task(criterion));
    for (Cut cut : cuts) {
      checkpoints.setBack(cut.history().shard().shard(), cut.position());
    }
    return cuts;
  }

  private LogRewind.Task task(Criterion criterion) {
    DerivedTables derived = new DerivedTables(store, lake, rewinder, facts.table());
    derived.refuseIfBuilding();
    Map<ShardId, Set<ShardId>> children = stream.children();
    Map<ShardId, ShardHistory> histories = histories(criterion, children.keySet());
    RewindPlan plan = RewindPlan.of(histories, children, criterion);
    for (Cut cut : plan.cuts()) {
      refuseIfForgotten(cut, children.keySet());
      refuseIfReleased(cut);
      derived.refuseIfBehind(cut);
    }
    return new LogRewind.Task(
        plan, histories.values().stream().filter(rewinder::isUnfinished).toList());
  }

  /** The logs that may be touched: a child's log reaches no less far than its parent's. */
  private Map<ShardId, ShardHistory> histories(Criterion criterion, Set<ShardId> listed) {
    LogStatus status = LogStatus.read(store, lake, facts.table());
    if (!status.problems().isEmpty()) {
      throw new Failure(status.problems());
    }
    Map<ShardId, ShardHistory> histories = new TreeMap<>();
    Set<ShardId> known = new HashSet<>();
    for (ShardStatus log : status.shards()) {
      StreamShard shard = log.shard();
      if (shard.stream().equals(facts.stream()) && shard.shard().ofStream()) {
        known.add(shard.shard());
        if (isTouched(log, criterion) || log.epoch() > 0) {
          histories.put(shard.shard(), rewinder.read(shard));
        }
      } else if (shard.shard().ofStream() && isTouched(log, criterion)) {
        refuseIfOfAnotherStream(rewinder.read(shard), criterion);
      }
    }
    for (ShardId shard : listed) {
      if (!known.contains(shard)) {
        StreamShard unread = new StreamShard(facts.table(), facts.stream(), shard);
        histories.put(shard, new ShardHistory(unread, List.of(), Optional.empty()));
      }
    }
    return histories;
  }

  private static boolean isTouched(ShardStatus log, Criterion criterion) {
    return criterion.only().filter(only -> !only.equals(log.shard().shard())).isEmpty()
            && criterion.from().filter(from -> !log.to().isBefore(from)).isPresent()
        || criterion.lastKept().isPresent()
        || criterion.only().isPresent();
  }

  private void refuseIfOfAnotherStream(ShardHistory history, Criterion criterion) {
    boolean named =
        history.live().stream()
            .anyMatch(entry -> criterion.lastKept().filter(entry.id()::equals).isPresent());
    boolean later =
        criterion.only().filter(only -> !only.equals(history.shard().shard())).isEmpty()
            && history.live().stream()
                .flatMap(entry -> entry.span().stream())
                .anyMatch(
                    span -> criterion.from().filter(from -> !span.to().isBefore(from)).isPresent());
    if (named || later) {
      throw new Failure(
          "Records of "
              + history.shard()
              + " would have to be read again, but table "
              + facts.table()
              + " has the stream "
              + facts.stream()
              + " by now"
              + WAY_OUT);
    }
  }

  private void refuseIfForgotten(Cut cut, Set<ShardId> listed) {
    StreamShard shard = cut.history().shard();
    if (cut.tail().isEmpty()) {
      return;
    }
    if (!listed.contains(shard.shard())) {
      throw new Failure("The stream does not list " + shard + " any more" + WAY_OUT);
    }
    Optional<SequenceNumber> place = cut.position().or(() -> cut.first().map(span -> span.first()));
    StreamRecords.Holding holding =
        place.map(record -> stream.holds(shard.shard(), record)).orElse(StreamRecords.Holding.HELD);
    Optional<Instant> oldest = cut.first().map(span -> span.from());
    if (holding != StreamRecords.Holding.HELD) {
      throw new Failure(
          "The stream does not have the records of "
              + shard
              + " any more that come after "
              + cut.position().map(Object::toString).orElse("its beginning")
              + oldest.map(from -> ", from " + from + " on").orElse("")
              + stream
                  .oldest(shard.shard())
                  .map(from -> "; it has them from " + from + " on")
                  .orElse("; it has none of the shard")
              + WAY_OUT);
    }
    Instant limit = clock.instant().minus(SAFE_AGE);
    if (oldest.filter(limit::isAfter).isPresent()) {
      throw new Failure(
          "The records of "
              + shard
              + " would have to be read again from "
              + oldest.get()
              + " on, and the stream forgets them after 24 hours: those from before "
              + limit
              + " may be gone before they are read"
              + WAY_OUT);
    }
  }

  /** Were such a record decoded when it is read again, it would be in its table twice. */
  private void refuseIfReleased(Cut cut) {
    String quarantine = lake.data(facts.table()) + LakeTable.quarantine().folder() + "/";
    StreamShard shard = cut.history().shard();
    StreamShard releases =
        new StreamShard(shard.table(), shard.stream(), new ShardId("quarantine"));
    if (cut.files().stream().noneMatch(file -> file.key().value().startsWith(quarantine))) {
      return;
    }
    try (Stream<?> released = store.list(lake.commits(releases), "")) {
      if (released.findAny().isPresent()) {
        throw new Failure(
            "Records of "
                + shard
                + " went to quarantine and may have been brought out since ('afterbay quarantine"
                + " reprocess'): read again, they could be in their table twice"
                + WAY_OUT);
      }
    }
  }
}
