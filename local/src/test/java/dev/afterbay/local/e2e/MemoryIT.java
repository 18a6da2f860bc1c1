package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.stream.Change;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A worker with little memory and many shards, all of them far behind: nothing but the memory cuts
 * its segments. {@code -Dafterbay.memory.heap}, {@code .shards}, {@code .records} (of a shard) and
 * {@code .options} (of the worker's JVM) set another scale.
 */
@TakesLong
class MemoryIT {
  private static final String HEAP = System.getProperty("afterbay.memory.heap", "512m");
  private static final String OPTIONS =
      System.getProperty("afterbay.memory.options", "-XX:TieredStopAtLevel=1");
  private static final int SHARDS = Integer.getInteger("afterbay.memory.shards", 40);
  private static final int RECORDS = Integer.getInteger("afterbay.memory.records", 2_500);
  private static final int BURST = 5 * RECORDS;
  private static final int KILOBYTE = 1_000;

  /** The size of the largest item. */
  private static final int BIG = 400 * 1_024;

  private static final int BIG_SHARDS = Integer.getInteger("afterbay.memory.big", 6);
  private static final int BIG_RECORDS = 10;

  /** Counts what the worker has read; records of a lost lease are counted again. */
  private static final String READ = "afterbay_records_read_total";

  private static final String POLICY = "{ max-age: 5m, max-bytes: 128MiB }";
  private static final Duration PATIENCE = Setup.PATIENCE.plusMillis(2L * SHARDS * RECORDS);

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void aBacklogOnManyShardsABurstOnOneAndTheLargestItemsFitIntoASmallHeap() throws IOException {
    ScriptedStream stream =
        new ScriptedStream(
            ScriptedTable.named("Tight-Orders"), StreamSettings.seeded(7), InstantSource.system());
    stream.enable(SHARDS);
    List<StreamShard> shards = stream.openShards();
    append(stream, shards, RECORDS, KILOBYTE);
    WorkerMetrics metrics = WorkerMetrics.onFreePort();
    try (StreamServer server =
        StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0)) {
      TableName table = stream.table().name();
      Setup setup = stage.setup("lake-tight", POLICY, server.endpoint(), table);
      try (ChildProcess worker = run(setup.telling(metrics))) {
        Stopwatch watch = new Stopwatch(stream, setup, worker);
        awaitRead(stream, metrics, worker);
        watch.report("a backlog");
        append(stream, shards.subList(0, 1), BURST, KILOBYTE);
        append(stream, shards.subList(1, 1 + BIG_SHARDS), BIG_RECORDS, BIG);
        awaitRead(stream, metrics, worker);
        watch.report("a burst and the largest items");

        assertThat(worker.stop()).as(worker.err()).isZero();
        watch.report("the end");
      }
      readTheRest(stream, setup);
      assertExact(stream, setup);
    }
  }

  private static ChildProcess run(Setup setup) {
    List<String> options = new ArrayList<>(List.of("-Xmx" + HEAP, "-XX:+ExitOnOutOfMemoryError"));
    options.addAll(List.of(OPTIONS.split(" ")));
    return Program.SERVICE.start(dir, options, "run", "--config", setup.config().toString());
  }

  /** Changes with two images of this size in UTF-8, which hardly compress. */
  private static void append(
      ScriptedStream stream, List<StreamShard> shards, int records, int bytes) {
    SplittableRandom random = new SplittableRandom(bytes);
    for (int i = 0; i < records; i++) {
      Map<String, AttributeValue> keys =
          Map.of(
              "PK", AttributeValue.fromS("ORDER#" + random.nextInt(RECORDS)),
              "SK", AttributeValue.fromS("STATE"));
      for (StreamShard shard : shards) {
        stream.append(
            shard,
            new Change(
                Operation.MODIFY,
                Instant.now(),
                keys,
                image(keys, random, bytes),
                image(keys, random, bytes),
                Change.Cause.CLIENT));
      }
    }
  }

  private static Map<String, AttributeValue> image(
      Map<String, AttributeValue> keys, SplittableRandom random, int bytes) {
    Map<String, AttributeValue> image = new HashMap<>(keys);
    int texts = 10;
    for (int i = 0; i < texts; i++) {
      image.put("Text" + i, AttributeValue.fromS(text(random, bytes / texts - 8)));
    }
    return image;
  }

  /** The first letter makes Java keep two bytes for each letter. */
  private static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder(length).append('Ł');
    while (text.length() < length) {
      text.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36));
    }
    text.setLength(length - 1);
    return text.toString();
  }

  private static void awaitRead(ScriptedStream stream, WorkerMetrics metrics, ChildProcess worker) {
    await("all records read")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(UncheckedIOException.class)
        .failFast(() -> assertThat(worker.alive()).as("alive:%n%s", worker.err()).isTrue())
        .until(() -> metrics.sum(READ) >= stream.account().records());
  }

  /** On a busy machine a lease may have changed hands, and its shard is behind at the end. */
  private static void readTheRest(ScriptedStream stream, Setup setup) {
    TableName table = stream.table().name();
    if (setup.lake().rows(table) == stream.account().records()) {
      return;
    }
    try (ChildProcess worker = run(setup.edited(POLICY, "{ max-age: 1s }"))) {
      await("the rest")
          .atMost(PATIENCE)
          .failFast(() -> assertThat(worker.alive()).as("alive:%n%s", worker.err()).isTrue())
          .until(() -> setup.lake().rows(table) >= stream.account().records());
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  private static void assertExact(ScriptedStream stream, Setup setup) {
    Map<String, String> expected = new TreeMap<>();
    for (StreamShard shard : stream.account().shards()) {
      int records = stream.account().of(shard).size();
      expected.put(shard.shard().value(), records + " rows, " + records + " records");
    }
    String sql =
        "SELECT cdc_shard, count(*) || ' rows, ' || count(DISTINCT cdc_seq) || ' records' FROM %s"
            + " GROUP BY cdc_shard";
    Map<String, String> rows = new TreeMap<>();
    SharedDuck.ask(sql.formatted(setup.lake().changes(stream.table().name())))
        .forEach(row -> rows.put(row.get(0), row.get(1)));
    assertThat(rows).isEqualTo(expected);
    setup.assertSound();
  }

  /** Tells the figures after each step; nothing is asserted of them. */
  private record Stopwatch(ScriptedStream stream, Setup setup, ChildProcess worker, long began) {
    Stopwatch(ScriptedStream stream, Setup setup, ChildProcess worker) {
      this(stream, setup, worker, System.nanoTime());
    }

    void report(String step) {
      System.out.printf(
          "-Xmx%s, %d shards, %s: %d records, %.1f s, %d commits, %d of them early%s%n",
          HEAP,
          SHARDS,
          step,
          stream.account().records(),
          (System.nanoTime() - began) / 1e9,
          setup.lake().log(stream.table().name()).size(),
          worker.err().lines().filter(line -> line.contains("Commits early")).count(),
          worker.figures());
    }
  }
}
