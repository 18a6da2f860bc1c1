package dev.afterbay.local.e2e;

import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A load that goes on until it is stopped. Each key belongs to one thread, which writes 1, 2, 3, …
 * to it, so that the lake can be asked for exactly this; each seventh write is a removal instead.
 */
final class CountingLoad implements AutoCloseable {
  private static final int THREADS = 3;
  private static final int KEYS_OF_A_THREAD = 4;
  private static final int REMOVAL = 7;
  private static final Duration PAUSE = Duration.ofMillis(15);

  private final DynamoDbClient client;
  private final TableName table;
  private final String sortKey;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<CompletableFuture<Map<String, Integer>>> counts = new ArrayList<>();
  private volatile boolean stopped;

  private CountingLoad(DynamoDbClient client, TableName table, String sortKey) {
    this.client = client;
    this.table = table;
    this.sortKey = sortKey;
  }

  static CountingLoad start(Stage stage, TableName table) {
    return start(stage, table, "COUNT");
  }

  /** The same with another sort key: other counters beside them. */
  static CountingLoad start(Stage stage, TableName table, String sortKey) {
    CountingLoad load = new CountingLoad(stage.clients().tables(), table, sortKey);
    for (int thread = 0; thread < THREADS; thread++) {
      String name = GeneratedChanges.SECRET + "-" + thread;
      load.counts.add(CompletableFuture.supplyAsync(() -> load.write(name), load.threads));
    }
    return load;
  }

  private Map<String, Integer> write(String thread) {
    Map<String, Integer> written = new TreeMap<>();
    for (int i = 0; !stopped; i++) {
      String key = thread + "-key-" + i % KEYS_OF_A_THREAD;
      write(key, written.merge(key, 1, Integer::sum));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return written;
  }

  private void write(String key, int count) {
    Map<String, AttributeValue> keys =
        Map.of("PK", AttributeValue.fromS(key), "SK", AttributeValue.fromS(sortKey));
    if (count % REMOVAL == 0) {
      client.deleteItem(r -> r.tableName(table.value()).key(keys));
    } else {
      client.updateItem(
          r ->
              r.tableName(table.value())
                  .key(keys)
                  .updateExpression("SET #n = :n")
                  .expressionAttributeNames(Map.of("#n", "N"))
                  .expressionAttributeValues(
                      Map.of(":n", AttributeValue.fromN(Integer.toString(count)))));
    }
  }

  /** Ends the load; how often each key was written. */
  Map<String, Integer> stop() {
    stopped = true;
    Map<String, Integer> all = new TreeMap<>();
    counts.forEach(count -> all.putAll(count.join()));
    threads.shutdown();
    return all;
  }

  /** What the lake must say of each key, in the order of the changes. */
  static String countsInOrder(String changes) {
    return """
        SELECT PK, string_agg(n, ',' ORDER BY cdc_stream, cdc_seq)
        FROM (SELECT *, CASE cdc_op
                WHEN 'REMOVE' THEN 1 + CAST(old_image->>'$.N.N' AS INTEGER)
                ELSE CAST(new_image->>'$.N.N' AS INTEGER) END AS n
              FROM %s)
        GROUP BY PK ORDER BY PK
        """
        .formatted(changes);
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
