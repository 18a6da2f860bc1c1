package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.stream.Fault;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamCall;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.local.workload.StreamCount.Position;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a supervisor sees when it ends a worker that has its hands full. */
class SigtermIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path dir;

  @Test
  void underLoadHealthTurns503AndWhatIsHeldIsCommittedAndASigkillAfterThatLosesNothing() {
    try (Stage stage = Stage.open(dir)) {
      TableName table = stage.table();
      WorkerMetrics metrics = WorkerMetrics.onFreePort();
      Setup setup =
          stage
              .setup(table)
              .committing("{ max-age: 1h }")
              .telling(metrics)
              .edited("commit:", "metrics: { cloudwatch: emf }\ncommit:");
      try (CountingLoad load = CountingLoad.start(stage, table)) {
        stopsInOrder(stage, table, setup, metrics);
        stopsAndIsKilled(table, setup, metrics);
        try (ChildProcess worker = setup.committing("{ max-age: 1s }").run("three")) {
          setup.awaitRows(table, setup.lake().rows(table) + 1, worker);
          load.stop();
          setup.awaitAll(worker);
          assertThat(worker.stop()).as(worker.err()).isZero();
        }
      }
      setup.assertExact();
    }
  }

  @Test
  void aShardThatWaitsForItsParentDoesNotHoldTheStopUp() {
    ScriptedStream stream =
        new ScriptedStream(
            ScriptedTable.named("Waiting-Orders"),
            StreamSettings.seeded(5).pages(10, StreamSettings.MOST_BYTES),
            InstantSource.system());
    TableName table = stream.table().name();
    stream.enable(1);
    StreamShard parent = stream.openShards().get(0);
    GeneratedChanges changes =
        new GeneratedChanges(
            stream.table(), GeneratedChanges.Shape.ORDINARY, 5, InstantSource.system());
    Stream.generate(changes).limit(300).forEach(stream::append);
    stream.roll(parent);
    Stream.generate(changes).limit(20).forEach(stream::append);
    try (Stage stage = Stage.open(dir);
        StreamServer server =
            StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0)) {
      Setup setup = stage.setup("waiting", "{ max-age: 1s }", server.endpoint(), table);
      stream.faults().sometimes(StreamCall.GET_RECORDS, 1, new Fault.Slow(Duration.ofMillis(500)));
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, 10, worker);
        await("both leases")
            .atMost(Setup.PATIENCE)
            .until(() -> List.copyOf(setup.owners(table).values()).equals(List.of("one", "one")));

        worker.terminate();

        assertThat(worker.exitCodeWithin(LIMIT)).as(worker.err()).isZero();
        assertThat(worker.err()).doesNotContain("did not stop in time");
      }
      assertThat(setup.lake().rows(table)).as("a parent that is half read").isLessThan(300);
      assertThat(setup.owners(table)).as("leases that were freed").doesNotContainValue("one");
      stream.faults().clear();
      try (ChildProcess worker = setup.run("two")) {
        setup.awaitRows(table, 320, worker);
        assertThat(worker.stop()).as(worker.err()).isZero();
      }
      setup.assertSound();
    }
  }

  private static void stopsInOrder(
      Stage stage, TableName table, Setup setup, WorkerMetrics metrics) {
    try (ChildProcess worker = setup.run("one")) {
      setup.awaitRows(table, 1, worker);
      assertThat(health(metrics)).isEqualTo(200);
      List<Position> surelyRead = stage.streamOf(table).all();
      await().pollDelay(Duration.ofSeconds(3)).until(worker::alive);

      long begun = System.nanoTime();
      worker.terminate();
      awaitUnwell(worker, metrics);
      assertThat(worker.exitCodeWithin(LIMIT)).as(worker.err()).isZero();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThanOrEqualTo(LIMIT);
      long rows = setup.lake().rows(table);
      assertThat(rows).isGreaterThanOrEqualTo(surelyRead.size());
      setup.assertSound();
      assertThat(told(worker, "Records")).as("what CloudWatch is told").isEqualTo(rows);
      assertThat(told(worker, "Rows")).isEqualTo(rows);
    }
  }

  private static void stopsAndIsKilled(TableName table, Setup setup, WorkerMetrics metrics) {
    long before = setup.lake().rows(table);
    try (ChildProcess worker = setup.run("two")) {
      setup.awaitRows(table, before + 1, worker);
      worker.terminate();
      awaitUnwell(worker, metrics);
      worker.kill();
    }
  }

  private static void awaitUnwell(ChildProcess worker, WorkerMetrics metrics) {
    await("503")
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertThat(worker.alive()).as("ended without a word: %s", worker.err()).isTrue();
              return health(metrics) == 503;
            });
  }

  private static int health(WorkerMetrics metrics) {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metrics.port() + "/health"))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The sum of a metric over all lines. */
  private static long told(ChildProcess worker, String metric) {
    return worker
        .out()
        .lines()
        .map(LakeFiles::json)
        .map(line -> line.path(metric))
        .mapToLong(JsonNode::asLong)
        .sum();
  }
}
