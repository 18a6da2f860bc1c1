package dev.afterbay.local.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Orders of made-up users, written to a table from several threads at a steady rate: they are
 * placed, move from PENDING to PAID to SHIPPED, and some are deleted. Which requests a thread sends
 * depends only on the seed; how many, on the time it has.
 *
 * @param perSecond requests a second, of all threads together
 */
public record GeneratedLoad(
    String tableName, long seed, int threads, int perSecond, Duration duration) {

  public GeneratedLoad {
    if (threads < 1 || perSecond < threads || duration.isNegative()) {
      throw new IllegalArgumentException(
          "A load needs threads, a request a second for each, and a duration; not %d, %d, %s"
              .formatted(threads, perSecond, duration));
    }
  }

  /** The same load with another way to count the nanoseconds, for tests. */
  Result run(DynamoDbClient client, LongConsumer progress, LongSupplier nanos) {
    AtomicLong sent = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Result>> runs = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        OrderStream orders = new OrderStream(tableName, seed, thread);
        runs.add(pool.submit(() -> send(client, orders, sent, progress, nanos)));
      }
      Result all = Result.NONE;
      for (Future<Result> run : runs) {
        all = all.plus(run.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The load on " + tableName + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The load on " + tableName + " was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Sends requests until the time is over.
   *
   * @param progress told, from any thread, how many requests are done
   */
  public Result run(DynamoDbClient client, LongConsumer progress) {
    return run(client, progress, System::nanoTime);
  }

  private Result send(
      DynamoDbClient client,
      OrderStream orders,
      AtomicLong sent,
      LongConsumer progress,
      LongSupplier nanos) {
    long start = nanos.getAsLong();
    long pause = Duration.ofSeconds(1).toNanos() * threads / perSecond;
    Result result = Result.NONE;
    for (long due = 0; due < duration.toNanos(); due += pause) {
      long early = start + due - nanos.getAsLong();
      if (early > 0) {
        LockSupport.parkNanos(early);
      }
      if (nanos.getAsLong() - start >= duration.toNanos() || Thread.interrupted()) {
        break;
      }
      result = result.plus(orders.next().send(client));
      progress.accept(sent.incrementAndGet());
    }
    return result;
  }

  /** How many requests of each kind succeeded; each causes one stream record. */
  public record Result(long puts, long updates, long deletes) {
    static final Result NONE = new Result(0, 0, 0);

    Result plus(Result other) {
      return new Result(puts + other.puts, updates + other.updates, deletes + other.deletes);
    }

    public long changes() {
      return puts + updates + deletes;
    }
  }
}
