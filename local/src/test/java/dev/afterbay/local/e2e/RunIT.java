package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.workload.StreamCount.Position;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class RunIT {
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
  void whatIsHeldAtSigtermIsCommittedAndTheNextRunGoesOnBehindIt() {
    TableName table = stage.table();
    Setup setup = stage.setup(table);
    List<Position> read;
    try (CountingLoad load = CountingLoad.start(stage, table)) {
      try (ChildProcess worker = setup.committing("{ max-age: 1h }").run("one")) {
        setup.awaitRows(table, 1, worker);
        int entries = setup.lake().log(table).size();
        List<Position> surelyRead = stage.streamOf(table).all();
        await().pollDelay(Duration.ofSeconds(4)).until(worker::alive);
        assertThat(setup.lake().log(table))
            .as("after the first, nothing was committed for its age")
            .hasSize(entries);

        assertThat(worker.stop()).as(worker.err()).isZero();

        read = inOrder(setup.lake().positions(table));
        assertThat(read.size()).isGreaterThanOrEqualTo(surelyRead.size());
        assertThat(read)
            .as("the stream's beginning, without a hole")
            .isEqualTo(stage.streamOf(table).all().subList(0, read.size()));
        assertThat(setup.checkpoints(table).values())
            .map(SequenceNumber::parse)
            .containsExactly(read.get(read.size() - 1).sequenceNumber());
        setup.assertSound();
      }
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, read.size() + 1, worker);
        load.stop();
        setup.awaitAll(worker);

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
    }
    setup.assertExact();
  }

  private static List<Position> inOrder(List<Position> positions) {
    return positions.stream().sorted(Comparator.comparing(Position::sequenceNumber)).toList();
  }

  @Test
  void aWorkerWithNothingToCommitStopsAndCommitsNothing() {
    TableName table = stage.table();
    Setup setup = stage.setup(table);
    try (ChildProcess worker = setup.run("idle")) {
      awaitLease(setup, table, worker);

      assertThat(worker.stop()).as(worker.err()).isZero();
      assertThat(setup.lake().data(table)).isEmpty();
      assertThat(setup.lake().log(table)).isEmpty();
    }
    setup.assertExact();
  }

  private static void awaitLease(Setup setup, TableName table, ChildProcess worker) {
    await("lease")
        .atMost(Setup.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> !worker.alive() || setup.owner(table).isPresent());
    assertThat(worker.alive()).as(worker.err()).isTrue();
  }

  /** The log's lines are where the lease table stands, and where the scheduler was started. */
  @ParameterizedTest
  @ValueSource(strings = {"Created the lease table", " reads 1 tables into "})
  void aWorkerThatIsStillStartingStops(String sign) {
    TableName table = stage.table();
    Setup setup = stage.setup(table);
    try (CountingLoad load = CountingLoad.start(stage, table)) {
      try (ChildProcess worker = setup.run("one")) {
        await(sign)
            .atMost(Setup.PATIENCE)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> worker.err().contains(sign));

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
      setup.assertSound();
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, 1, worker);
        load.stop();
        setup.awaitAll(worker);

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
    }
    setup.assertExact();
  }

  @Test
  void aWorkerThatStillWaitsForTheFirstAnswerStops() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Setup setup =
          stage.setup(
              "lake-silent",
              "{}",
              URI.create("http://127.0.0.1:" + silent.getLocalPort()),
              new TableName("Orders"));
      try (ChildProcess worker = setup.run("one");
          Socket call = silent.accept()) {
        assertThat(call.isConnected()).isTrue();

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
    }
  }
}
