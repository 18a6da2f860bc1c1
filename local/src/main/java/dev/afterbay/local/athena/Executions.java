package dev.afterbay.local.athena;

import dev.afterbay.local.athena.Execution.End;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The queries of a server, each carried out on a thread of its own. */
final class Executions implements AutoCloseable {
  private final SqlEngine engine;
  private final InstantSource clock;
  private final Map<String, Execution> byId = new ConcurrentHashMap<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "athena-query");
            thread.setDaemon(true);
            return thread;
          });

  Executions(SqlEngine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /** Begins a query and returns the id under which it is found. */
  String begin(String workgroup, String database, String sql) {
    Execution execution =
        new Execution(
            UUID.randomUUID().toString(),
            workgroup,
            database,
            sql,
            clock.instant(),
            Optional.empty());
    byId.put(execution.id(), execution);
    queries.add(sql);
    threads.execute(() -> carryOut(execution));
    return execution.id();
  }

  private void carryOut(Execution execution) {
    Optional<String> failure = Optional.of("The engine ended without a word");
    SqlResult result = SqlResult.NOTHING;
    try {
      result = engine.run(execution.database(), execution.sql());
      failure = Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | AssertionError e) {
      failure = Optional.of(Optional.ofNullable(e.getMessage()).orElseGet(e::toString));
    } finally {
      byId.put(execution.id(), execution.ended(new End(clock.instant(), failure, result)));
    }
  }

  Optional<Execution> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The texts of all queries, in the order in which they were asked for. */
  List<String> queries() {
    return List.copyOf(queries);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
