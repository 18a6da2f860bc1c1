package dev.afterbay.consumer.catalog;

import dev.afterbay.consumer.aws.CatalogClients;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.CatalogConfig;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tocatalog.CatalogException;
import dev.afterbay.sinks.tocatalog.Registered;
import dev.afterbay.sinks.tocatalog.Registration;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog as the lake is, on a thread of its own. Only the start waits for it, and only a
 * little; after that a catalog that does not answer is asked again and again, with growing delays.
 */
public final class TableCatalog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TableCatalog.class);

  /** Growth comes in bursts: the first items of a new kind bring all their columns. */
  static final Duration SOON = Duration.ofSeconds(3);

  static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  static final Duration LONGEST_RETRY = Duration.ofMinutes(10);

  /** For columns that came by other ways than this process and the other workers. */
  static final Duration LOOK = Duration.ofHours(1);

  /**
   * A new base of the states makes what queries read shorter; until then they are right as well.
   */
  static final Duration LOOK_FOR_SNAPSHOTS = Duration.ofMinutes(3);

  /** Tables take seconds, many views more; the stream holds a day, a supervisor minutes. */
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(15);

  private final Registration registration;
  private final Supplier<List<SitedCatalog>> wanted;
  private final Supplier<?> snapshots;
  private final CatalogObserver observer;
  private final Timer timer;
  private final Duration patience;
  private final Runnable closing;
  private final Set<String> told = new HashSet<>();
  private Duration retry = FIRST_RETRY;
  private @Nullable Object known;
  private boolean due;
  private boolean closed;

  /**
   * A catalog that is not yet looked at.
   *
   * @param snapshots which there are now, of any type that can be compared
   * @param patience of the start
   * @param closing what to do when nothing is registered any more
   */
  TableCatalog(
      Registration registration,
      Supplier<List<SitedCatalog>> wanted,
      Supplier<?> snapshots,
      CatalogObserver observer,
      Timer timer,
      Duration patience,
      Runnable closing) {
    this.registration = registration;
    this.wanted = wanted;
    this.snapshots = snapshots;
    this.observer = observer;
    this.timer = timer;
    this.patience = patience;
    this.closing = closing;
  }

  /** The catalog of a configuration; empty if it has none. */
  public static Optional<TableCatalog> of(
      AfterbayConfig config,
      List<TableFacts> tables,
      ObjectStore store,
      Lake lake,
      InstantSource clock,
      CatalogObserver observer) {
    if (!(config.catalog() instanceof CatalogConfig.Glue glue)) {
      return Optional.empty();
    }
    CatalogClients clients = CatalogClients.open(config, glue, clock);
    Map<TableName, List<KeyAttribute>> keys = new LinkedHashMap<>();
    tables.forEach(facts -> keys.put(facts.table(), facts.keys()));
    LakeTables wanted = LakeTables.of(config, keys, store, lake, clock);
    return Optional.of(
        new TableCatalog(
            new Registration(clients.catalog(), glue.database(), clients.views()),
            wanted,
            wanted::beyond,
            observer,
            new DaemonTimer(),
            PATIENCE_AT_START,
            clients::close));
  }

  /**
   * Registers everything, and goes on with what is not done in a few seconds beside the caller.
   *
   * @throws Failure with the way out, if the catalog refuses in a way that will not get better
   */
  public void start() {
    observer.behind();
    CompletableFuture<Void> first = new CompletableFuture<>();
    timer.after(Duration.ZERO, () -> first(first));
    timer.after(LOOK, this::look);
    timer.after(LOOK_FOR_SNAPSHOTS, this::lookForSnapshots);
    await(first);
    if (first.complete(null)) {
      LOG.warn(
          "The catalog is not up to date after {} s; the reading begins meanwhile",
          patience.toSeconds());
      return;
    }
    try {
      first.join();
    } catch (CompletionException e) {
      Throwable refused = e.getCause() == null ? e : e.getCause();
      throw new Failure(Sentences.of(refused), refused);
    }
  }

  /** Something has changed that the catalog should have. Returns at once. */
  public void changed() {
    observer.behind();
    synchronized (this) {
      soon(retry.equals(FIRST_RETRY) ? SOON : retry);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    timer.close();
    closing.run();
  }

  private void await(CompletableFuture<Void> first) {
    try {
      first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The first registration did not succeed", e);
    }
  }

  private void first(CompletableFuture<Void> outcome) {
    try {
      boolean unused = isOtherThanKnown();
      register();
      outcome.complete(null);
    } catch (RuntimeException e) {
      if (isFinal(e) && outcome.completeExceptionally(e)) {
        return;
      }
      outcome.complete(null);
      later(e);
    }
  }

  private void again() {
    try {
      register();
    } catch (RuntimeException e) {
      later(e);
    }
  }

  private void look() {
    soon(Duration.ZERO);
    timer.after(LOOK, this::look);
  }

  private void lookForSnapshots() {
    if (isOtherThanKnown()) {
      changed();
    }
    timer.after(LOOK_FOR_SNAPSHOTS, this::lookForSnapshots);
  }

  /** Whether there are other snapshots than at the last look; those of now are known from now. */
  private boolean isOtherThanKnown() {
    try {
      Object now = snapshots.get();
      boolean other = !now.equals(known);
      known = now;
      return other;
    } catch (ObjectStoreException e) {
      LOG.debug("The snapshots cannot be listed now", e);
      return false;
    }
  }

  private synchronized void soon(Duration delay) {
    if (!due && !closed) {
      due = true;
      timer.after(delay, this::again);
    }
  }

  private void register() {
    synchronized (this) {
      // What changes from now on needs another one.
      due = false;
    }
    Registered registered = registration.register(wanted);
    if (registered.changedAnything()) {
      LOG.info(
          "The catalog has {} new tables, {} with new columns or properties, {} views made",
          registered.tablesCreated(),
          registered.tablesUpdated(),
          registered.viewsMade());
    }
    registered.conflicts().stream().filter(told::add).forEach(LOG::warn);
    synchronized (this) {
      retry = FIRST_RETRY;
      if (!due) {
        observer.upToDate();
      }
    }
  }

  private synchronized void later(RuntimeException failure) {
    if (closed) {
      return;
    }
    observer.behind();
    LOG.warn(
        "The catalog is not up to date, and is tried again in {} s: {}",
        retry.toSeconds(),
        Sentences.of(failure));
    LOG.debug("The registration failed", failure);
    soon(retry);
    retry = retry.multipliedBy(2);
    retry = retry.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : retry;
  }

  private static boolean isFinal(RuntimeException failure) {
    return failure instanceof Failure
        || failure instanceof IllegalArgumentException
        || failure instanceof CatalogException refused
            && refused.kind() == CatalogException.Kind.REFUSED
        || failure instanceof ObjectStoreException denied
            && denied.kind() == ObjectStoreException.Kind.REFUSED;
  }
}
