package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient.SkipRecordsBehavior;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.pipeline.PipelineObserver;
import dev.afterbay.consumer.pipeline.ReadingStart;
import dev.afterbay.consumer.pipeline.TablePipelines;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

  private final AwsClients clients;
  private final DynamoDbAsyncClient leases;
  private final List<TableWorker> workers = new ArrayList<>();
  private final CompletableFuture<String> halted = new CompletableFuture<>();

  /**
   * Wires the workers; nothing is read yet.
   *
   * @param scratch a folder of this process for what does not stay in memory
   */
  public WorkerService(
      AfterbayConfig config,
      List<TableFacts> tables,
      String workerId,
      Path scratch,
      InstantSource clock,
      PipelineObserver observer) {
    this.clients = AwsClients.open(config, Patience.WORK);
    this.leases =
        AwsClients.set(
                DynamoDbAsyncClient.builder(), config, config.endpoints().dynamodb(), Patience.WORK)
            .build();
    ObjectStore store = new S3ObjectStore(clients.s3(), config.lake().bucket());
    Lake lake = new Lake(config.lake().prefix());
    CommitLog log = new CommitLog(store, lake, scratch, clock);
    RollPolicy policy =
        new RollPolicy(
            config.commit().maxAge(), config.commit().maxBytes(), config.commit().maxRecords());
    for (TableFacts facts : tables) {
      String application = config.applicationOf(facts.table());
      TablePipelines pipelines =
          new TablePipelines(
              facts.table(),
              facts.stream(),
              new StreamLineage(clients.streams(), facts.streamArn()),
              new ChangesTable(facts.keys()),
              log,
              start(config, store, lake, facts.table(), clock),
              policy,
              clock,
              observer);
      workers.add(
          new TableWorker(
              facts.table(),
              new LeaseTable(clients.dynamoDb(), application),
              new KclConfiguration(
                  application, workerId, facts.streamArn(), adapter(config), leases, clock),
              pipelines,
              this::halt));
    }
  }

  /** Starts every table. */
  public void start() {
    onEach(
        worker -> {
          worker.start();
          return true;
        });
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
   * Commits what is held and ends all reading.
   *
   * @return whether that was done in time
   */
  public boolean stop() {
    return onEach(worker -> worker.stop(Timings.GRACEFUL_STOP));
  }

  @Override
  public void close() {
    leases.close();
    clients.close();
  }

  /** All at once, on threads of their own: the common pool belongs to the streams adapter. */
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
      LOG.error("{}", reason, cause);
    }
  }

  private AmazonDynamoDBStreamsAdapterClient adapter(AfterbayConfig config) {
    AmazonDynamoDBStreamsAdapterClient adapter =
        new AmazonDynamoDBStreamsAdapterClient(clients.streams(), Region.of(config.region()));
    // The default would jump over trimmed records with a warning.
    adapter.setSkipRecordsBehavior(SkipRecordsBehavior.KCL_RETRY);
    return adapter;
  }
}
