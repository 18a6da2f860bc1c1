package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.stream.Change;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How fast a worker is with and without typed tables, in turns, and at which cost. Off unless
 * {@code -Dafterbay.throughput.records} tells how many records a run has; {@code
 * -Dafterbay.throughput.runs} of each kind.
 */
@TakesLong
@EnabledIfSystemProperty(named = "afterbay.throughput.records", matches = "[0-9]+")
class TypedThroughputIT {
  private static final int RECORDS = Integer.getInteger("afterbay.throughput.records", 0);
  private static final int RUNS = Integer.getInteger("afterbay.throughput.runs", 3);
  private static final String OPTIONS =
      System.getProperty("afterbay.throughput.options", "-XX:+UseParallelGC");
  private static final int SHARDS = 4;
  private static final String ENTITIES =
      """
      entities:
        - name: user_profiles
          match: { PK: "USER#{user_id}", SK: "PROFILE" }
          columns: &columns
            Name: string
            Status: string
            Total: decimal(12,2)
            Count: bigint
            CreatedAt: timestamp
            Open: boolean
            Tags: set<string>
            Address: "struct<City: string, Zip: string>"
            Lines: json
            Note: string
        - name: orders
          match: { PK: "USER#{user_id}", SK: "ORDER#{order_id}" }
          columns: *columns
        - name: products
          match: { PK: "PRODUCT#{product_id}", SK: "DETAILS" }
          columns: *columns
      """;

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
  void typedTablesAgainstChangesAlone() throws Exception {
    ScriptedStream stream =
        new ScriptedStream(
            ScriptedTable.named("Fast-Orders"), StreamSettings.seeded(3), InstantSource.system());
    stream.enable(SHARDS);
    List<StreamShard> shards = stream.openShards();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < RECORDS; i++) {
      append(stream, shards.get(i % SHARDS), i, random);
    }
    try (StreamServer server =
        StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0)) {
      for (int run = 0; run <= RUNS; run++) {
        String what = run == 0 ? "warm-up" : "run " + run;
        run(stream, server, what + ", changes alone", "raw-" + run, "entities: []");
        run(stream, server, what + ", with 3 entities", "typed-" + run, ENTITIES);
      }
    }
  }

  private static void run(
      ScriptedStream stream, StreamServer server, String what, String lake, String settings)
      throws Exception {
    TableName table = stream.table().name();
    String policy = "{ max-age: 1h, max-bytes: 4GiB, max-records: 20000 }";
    WorkerMetrics metrics = WorkerMetrics.onFreePort();
    Setup setup =
        stage.setup(lake, policy, server.endpoint(), table).with(settings).telling(metrics);
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    options.addAll(List.of(OPTIONS.split(" ")));
    try (ChildProcess worker =
        Program.SERVICE.start(dir, options, "run", "--config", setup.config().toString())) {
      await(metrics, "afterbay_records_read_total", 1);
      Instant first = Instant.now();
      await(metrics, "afterbay_records_read_total", RECORDS);
      double seconds = Duration.between(first, Instant.now()).toMillis() / 1e3;
      System.out.printf(
          "%s: %d records, %.1f s, %.0f a second%s%n",
          what, RECORDS, seconds, RECORDS / seconds, worker.figures());
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    assertThat(setup.lake().rows(table)).isEqualTo(RECORDS);
  }

  private static void await(WorkerMetrics metrics, String metric, long value) {
    Awaitility.await(metric)
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UncheckedIOException.class)
        .until(() -> metrics.sum(metric) >= value);
  }

  private static void append(
      ScriptedStream stream, StreamShard shard, int i, SplittableRandom random) {
    int id = random.nextInt(50_000);
    Map<String, AttributeValue> keys =
        switch (i % 5) {
          case 0 -> Map.of("PK", s("USER#" + id), "SK", s("PROFILE"));
          case 1 -> Map.of("PK", s("PRODUCT#" + id), "SK", s("DETAILS"));
          default -> Map.of("PK", s("USER#" + id % 5_000), "SK", s("ORDER#" + id));
        };
    Map<String, AttributeValue> before = image(keys, random, "PENDING");
    Map<String, AttributeValue> after = new HashMap<>(before);
    after.put("Status", s("SHIPPED"));
    stream.append(
        shard,
        new Change(Operation.MODIFY, Instant.now(), keys, after, before, Change.Cause.CLIENT));
  }

  private static Map<String, AttributeValue> image(
      Map<String, AttributeValue> keys, SplittableRandom random, String status) {
    Map<String, AttributeValue> image = new HashMap<>(keys);
    image.put("Name", s("Name " + random.nextInt(10_000)));
    image.put("Status", s(status));
    image.put("Total", n(random.nextInt(100_000) + "." + (10 + random.nextInt(90))));
    image.put("Count", n(Integer.toString(random.nextInt(1_000))));
    image.put(
        "CreatedAt",
        s(Instant.ofEpochSecond(1_700_000_000L + random.nextInt(9_999_999)).toString()));
    image.put("Open", AttributeValue.fromBool(random.nextBoolean()));
    image.put(
        "Tags", AttributeValue.fromSs(List.of("a" + random.nextInt(9), "b" + random.nextInt(9))));
    image.put(
        "Address",
        AttributeValue.fromM(Map.of("City", s("Wien"), "Zip", s("10" + random.nextInt(99)))));
    image.put(
        "Lines",
        AttributeValue.fromL(List.of(n("1"), s("two"), AttributeValue.fromM(Map.of("q", n("3"))))));
    image.put("Note", s(Long.toString(random.nextLong() & Long.MAX_VALUE, 36).repeat(10)));
    return image;
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }
}
