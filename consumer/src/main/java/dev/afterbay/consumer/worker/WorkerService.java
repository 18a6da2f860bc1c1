package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.aws.AwsCalls;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.SdkReading;
import dev.afterbay.consumer.catalog.CatalogObserver;
import dev.afterbay.consumer.catalog.TableCatalog;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.pipeline.LostShards;
import dev.afterbay.consumer.pipeline.MemoryBudget;
import dev.afterbay.consumer.pipeline.PipelineObserver;
import dev.afterbay.consumer.pipeline.ReadingStart;
import dev.afterbay.consumer.pipeline.StreamLedger;
import dev.afterbay.consumer.pipeline.TablePipelines;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.tracing.CommitSpans;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * All that one {@code run} process does: a KCL scheduler for each table, until it is told to stop.
 */
public final class WorkerService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerService.class);

  private static final Duration WATCH = Duration.ofSeconds(30);

  private final AfterbayConfig config;
  private final String workerId;
  private final InstantSource clock;
  private final PipelineObserver observer;
  private final CommitSpans spans;
  private final AwsClients clients;
  private final DynamoDbAsyncClient leases;
  private final SdkReading sdk = new SdkReading();
  private final MemoryBudget budget = MemoryBudget.ofThisProcess();
  private final PageRoom room = PageRoom.ofThisProcess();
  private final Turns turns = Turns.ofThisProcess();
  private final S3ObjectStore store;
  private final Lake lake;
  private final CommitLog log;
  private final Optional<TableCatalog> catalog;
  private final List<TableWorker> workers = new ArrayList<>();
  private final List<Runnable> looks = new ArrayList<>();
  private final CompletableFuture<String> halted = new CompletableFuture<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "afterbay-watch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Wires the workers; nothing is read yet.
   *
   * @param scratch a folder of this process for what does not stay in memory
   * @param observers who is told of what happens
   */
  public WorkerService(
      AfterbayConfig config,
      List<TableFacts> tables,
      String workerId,
      Path scratch,
      InstantSource clock,
      Observers observers) {
    this.config = config;
    this.workerId = workerId;
    this.clock = clock;
    this.observer = observers.pipelines();
    this.spans = observers.spans();
    this.clients = AwsClients.ofWorker(config, observers.calls());
    this.leases = AwsClients.leases(config, observers.calls());
    this.store = new S3ObjectStore(clients.s3(), config.lake().bucket());
    this.lake = new Lake(config.lake().prefix());
    this.log =
        new CommitLog(store, lake, new Workspace(scratch, budget::rowGroupBytes), clock, spans);
    this.catalog = TableCatalog.of(config, tables, store, lake, clock, observers.catalog());
    tables.forEach(facts -> workers.add(worker(facts)));
  }

  /**
   * Who is told of what a process does.
   *
   * @param pipelines what becomes of records
   * @param catalog what becomes of the catalog
   * @param calls counts the calls of AWS
   * @param spans traces commits
   */
  public record Observers(
      PipelineObserver pipelines, CatalogObserver catalog, AwsCalls calls, CommitSpans spans) {}

  private TableWorker worker(TableFacts facts) {
    TableName table = facts.table();
    String application = config.applicationOf(table);
    Region region = Region.of(config.region());
    PageSource pages = PageSource.of(clients.streams(), config.decode(), sdk);
    StreamShards shards = new StreamShards(clients.streams(), facts.streamArn(), clock);
    StreamLedger ledger =
        StreamLedger.open(store, lake, table, facts.stream(), shards::roots, clock);
    TablePipelines pipelines =
        new TablePipelines(
            table,
            facts.stream(),
            shards,
            ledger,
            typedTables(facts)::rows,
            log,
            start(config, store, lake, table, clock),
            new RollPolicy(
                config.commit().maxAge(), config.commit().maxBytes(), config.commit().maxRecords()),
            budget,
            clock,
            observer);
    LeaseRepair leaseRepair = new LeaseRepair(clients.dynamoDb(), application);
    ShardReadings readings =
        new ShardReadings(
            clients.streams(),
            pages,
            region,
            facts.streamArn(),
            shards,
            table,
            facts.stream(),
            pipelines,
            leaseRepair,
            room,
            clock,
            observer,
            new ReadThrough(store, lake, config.commit().maxAge()),
            config.poll().idleLatency());
    OpenShards openShards = new OpenShards();
    KclConfiguration kcl =
        new KclConfiguration(
            application,
            workerId,
            facts.streamArn(),
            new StreamsAdapter(clients.streams(), pages, region),
            readings,
            leases,
            room,
            openShards,
            clock);
    Settling settling =
        new Settling(
            shards,
            new LostShards(store, lake, log, table, ledger, clock, observer),
            leaseRepair,
            kcl::syncLeases,
            pipelines,
            clock);
    StreamWatch stream = new StreamWatch(clients.dynamoDb(), table, facts.streamArn(), this::halt);
    looks.add(stream::look);
    looks.add(settling::whileReading);
    return new TableWorker(
        table,
        new LeaseTable(clients.dynamoDb(), application),
        kcl,
        readings,
        settling,
        this::halt,
        spans,
        turns,
        room,
        openShards);
  }

  private TypedTables typedTables(TableFacts facts) {
    return new TypedTables(
        facts.table(),
        new ChangesTable(facts.keys()),
        config.table(facts.table()).entities(),
        facts.protection(),
        new SchemaLog(store, lake),
        (table, schema) -> catalog.ifPresent(TableCatalog::changed));
  }

  /**
   * Registers the tables with the catalog and starts every one.
   *
   * @throws dev.afterbay.consumer.aws.Failure if the catalog refuses; then nothing is read
   */
  public void start() {
    catalog.ifPresent(TableCatalog::start);
    onEach(
        worker -> {
          worker.start();
          return true;
        });
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(
            this::look, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (Runnable look : looks) {
      try {
        look.run();
      } catch (RuntimeException e) {
        LOG.warn("A look at the streams and leases failed; it is repeated", e);
      }
    }
  }

  /** Whether a table's scheduler runs. */
  public boolean alive(TableName table) {
    return workers.stream().anyMatch(worker -> worker.table().equals(table) && worker.alive());
  }

  /** Completes with the reason when the process cannot go on. */
  public CompletableFuture<String> halted() {
    return halted.copy();
  }

  /**
   * Has the process end, because it makes no progress any more; the first reason counts.
   *
   * @param reason in a sentence
   */
  public void giveUp(String reason) {
    if (halted.complete(reason)) {
      LOG.atError()
          .addKeyValue("event", "halted")
          .log("{} The process ends, to be started again.", reason);
    }
  }

  /**
   * Commits what is held and ends all reading.
   *
   * @return whether that was done in time
   */
  public boolean stop() {
    return onEach(worker -> worker.stop(Timings.GRACEFUL_STOP));
  }

  @Override
  public void close() {
    watch.shutdownNow();
    catalog.ifPresent(TableCatalog::close);
    leases.close();
    clients.close();
    sdk.close();
  }

  /** All at once, on threads of their own: the common pool may be full of other calls. */
  private boolean onEach(Predicate<TableWorker> action) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<CompletableFuture<Boolean>> done =
          workers.stream()
              .map(worker -> CompletableFuture.supplyAsync(() -> action.test(worker), threads))
              .toList();
      return done.stream().map(CompletableFuture::join).reduce(true, Boolean::logicalAnd);
    } finally {
      threads.shutdown();
    }
  }

  private static ReadingStart start(
      AfterbayConfig config, ObjectStore store, Lake lake, TableName table, InstantSource clock) {
    return switch (config.start()) {
      case TRIM_HORIZON -> ReadingStart.TRIM_HORIZON;
      case LATEST -> ReadingStart.latest(store, lake, table, clock);
    };
  }

  private void halt(String reason, Throwable cause) {
    if (halted.complete(reason)) {
      LOG.atError().addKeyValue("event", "halted").setCause(cause).log("{}", reason);
    }
  }
}
