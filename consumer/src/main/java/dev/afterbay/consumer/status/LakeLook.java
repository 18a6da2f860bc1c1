package dev.afterbay.consumer.status;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.sinks.catalog.CurrentTables;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.routing.Entity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at the lake for whoever watches a worker: it costs some requests, so it is taken only when
 * somebody asks, at most every so often, and in a thread of its own, so that nobody waits for it.
 */
public final class LakeLook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LakeLook.class);
  private static final Duration FRESH = Duration.ofSeconds(12);

  private final Supplier<LakeView> look;
  private final InstantSource clock;
  private final Runnable release;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread daemon = new Thread(task, "afterbay-look");
            daemon.setDaemon(true);
            return daemon;
          });
  private volatile @Nullable LakeView latest;
  private volatile Instant looked = Instant.EPOCH;

  /**
   * A look that was not taken yet.
   *
   * @param look takes it
   * @param release of what it holds
   */
  LakeLook(Supplier<LakeView> look, InstantSource clock, Runnable release) {
    this.look = look;
    this.clock = clock;
    this.release = release;
  }

  /** Looks at the lake of a configuration. */
  public static LakeLook of(AfterbayConfig config, InstantSource clock) {
    AwsClients aws = AwsClients.open(config, Patience.ANSWER);
    ObjectStore store = new S3ObjectStore(aws.s3(), config.lake().bucket());
    Lake lake = new Lake(config.lake().prefix());
    RecentLogs logs = new RecentLogs(store, lake);
    CurrentTables current = new CurrentTables(store, lake);
    return new LakeLook(
        () ->
            new LakeView(
                new Status(config, store, aws.dynamoDb(), logs).at(clock.instant()),
                versions(config, current)),
        clock,
        aws::close);
  }

  private static List<SchemaVersion> versions(AfterbayConfig config, CurrentTables current) {
    List<SchemaVersion> versions = new ArrayList<>();
    for (TableConfig table : config.tables()) {
      for (Entity entity : table.entities()) {
        current
            .schema(table.name(), entity)
            .ifPresent(
                schema ->
                    versions.add(
                        new SchemaVersion(
                            table.name(),
                            entity.name(),
                            schema.version(),
                            schema.columns().size())));
      }
    }
    return versions;
  }

  /** The latest view, if there is one; a newer one is on its way if it is too old. */
  public Optional<LakeView> latest() {
    boolean stale = Duration.between(looked, clock.instant()).compareTo(FRESH) >= 0;
    if (stale && !thread.isShutdown() && looking.compareAndSet(false, true)) {
      thread.execute(this::look);
    }
    return Optional.ofNullable(latest);
  }

  private void look() {
    Instant begun = clock.instant();
    try {
      latest = look.get();
    } catch (RuntimeException e) {
      LOG.debug("The lake could not be looked at for the status page", e);
    } finally {
      looked = begun;
      looking.set(false);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    release.run();
  }
}
