package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.CommitObserver;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** A table's shards over a lake in memory, with a clock that only the test moves. */
public final class Shards {
  /** When the clock starts. */
  public static final Instant START = Instant.parse("2026-11-21T05:00:00Z");

  public static final ShardId SHARD = new ShardId("shardId-1");
  public static final TableName TABLE = new TableName("Orders");
  public static final StreamLabel STREAM = new StreamLabel("2026-11-21T04:00:00.000");

  public static final Lake LAKE = new Lake("lake");

  /** The lake's objects. */
  public final MemoryObjectStore store = new MemoryObjectStore();

  /** What the pipelines reported, one line each. */
  public final List<String> reports = new ArrayList<>();

  /** The keys of the table, as the next worker reads them. */
  public ChangesTable keys = new ChangesTable(List.of(new KeyAttribute("PK", KeyType.S)));

  /** What makes the rows of the next worker. */
  public Supplier<RowMaker> rows = () -> RowMaker.changes(keys);

  /** The stream that the next worker reads. */
  public StreamLabel stream = STREAM;

  /** Who is told of the commits of the next worker. */
  public CommitObserver commits = CommitObserver.NONE;

  private MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE / 2);
  private ReadingStart start = ReadingStart.TRIM_HORIZON;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource clock = now::get;
  private final Path scratch;

  public Shards(Path scratch) {
    this.scratch = scratch;
  }

  /** One more process that reads the table. */
  public TablePipelines worker(RollPolicy policy) {
    return worker(policy, Optional.empty());
  }

  /** One more process, to which every shard but the parent continues the parent. */
  public TablePipelines worker(RollPolicy policy, Optional<ShardId> parent) {
    return worker(
        policy,
        shard ->
            parent
                .filter(id -> !id.equals(shard))
                .map(id -> new Lineage.Parent(id, Lineage.Standing.LISTED)),
        Set.of());
  }

  /**
   * One more process.
   *
   * @param roots the shards that the lake began with
   */
  TablePipelines worker(RollPolicy policy, Lineage lineage, Set<ShardId> roots) {
    return new TablePipelines(
        TABLE,
        stream,
        lineage,
        new StreamLedger(stream, START, roots),
        rows,
        new CommitLog(store, LAKE, Workspace.in(scratch), clock, commits),
        start,
        policy,
        budget,
        clock,
        new Reports());
  }

  /** What writes down the reports. */
  public PipelineObserver observer() {
    return new Reports();
  }

  /** A policy that only age cuts. */
  public static RollPolicy every(Duration age) {
    return new RollPolicy(age, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** What an application that is told to start at the latest record keeps from now on. */
  public ReadingStart startLatest() {
    start = ReadingStart.latest(store, LAKE, TABLE, clock);
    return start;
  }

  /** The clock of all, which only {@link #pass} moves. */
  public InstantSource clock() {
    return clock;
  }

  /** Processes from now on have only so much memory for their segments. */
  void memory(long bytes) {
    budget = new MemoryBudget(bytes);
  }

  public void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  /** How many data files are visible. */
  public long files() {
    return store.objects().keySet().stream().filter(key -> key.value().contains("/dt=")).count();
  }

  /** A record of the stream. */
  public static Record record(int sequenceNumber) {
    return record(sequenceNumber, START);
  }

  /** A record of the stream that was made at some time. */
  public static Record record(int sequenceNumber, Instant created) {
    Map<String, AttributeValue> item =
        Map.of("PK", AttributeValue.fromS("ORDER#" + sequenceNumber));
    return Record.builder()
        .eventID("event-" + sequenceNumber)
        .eventName(OperationType.INSERT)
        .dynamodb(
            StreamRecord.builder()
                .approximateCreationDateTime(created)
                .sequenceNumber(spelled(sequenceNumber))
                .keys(item)
                .newImage(item)
                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                .sizeBytes(100L)
                .build())
        .build();
  }

  /** A record that no version of the program can make sense of. */
  public static Record garbage(int sequenceNumber) {
    return record(sequenceNumber).toBuilder().eventName("COMPACT").build();
  }

  /** A sequence number as the stream spells it. */
  public static String spelled(int sequenceNumber) {
    return "%021d".formatted(sequenceNumber);
  }

  private final class Reports implements PipelineObserver {
    @Override
    public void opened(StreamShard shard) {
      reports.add("opened");
    }

    @Override
    public void polled(StreamShard shard, int records, int duplicates) {
      reports.add("polled " + records + " new, " + duplicates + " known");
    }

    @Override
    public void committed(StreamShard shard, VisibleSegment segment) {
      reports.add("committed " + segment.records() + " in " + segment.files() + " files");
    }

    @Override
    public void completeThrough(StreamShard shard, Instant time) {}

    @Override
    public void fetched(StreamShard shard) {
      reports.add("fetched");
    }

    @Override
    public void caughtUp(StreamShard shard) {
      reports.add("caught up");
    }

    @Override
    public void quarantined(StreamShard shard, int records) {
      reports.add("quarantined " + records);
    }

    @Override
    public void counted(StreamShard shard, Tallies tallies) {
      tallies
          .counts()
          .forEach(
              (tally, count) ->
                  reports.add(
                      "counted %d %s %s %s"
                          .formatted(count, tally.table(), tally.subject(), tally.reason())));
    }

    @Override
    public void gap(StreamShard shard) {
      reports.add("gap");
    }

    @Override
    public void ended(StreamShard shard) {
      reports.add("ended");
    }

    @Override
    public void released(StreamShard shard) {
      reports.add("released");
    }
  }
}
