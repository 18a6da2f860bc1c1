package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.stream.Fault;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamCall;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What comes of calls that nobody answers. */
@TakesLong
@Execution(ExecutionMode.CONCURRENT)
class SilenceIT {
  private static final Fault FOR_EVER = new Fault.Silence(Duration.ofMinutes(30));
  private static final String IMPATIENT = "liveness: { patience: 30s }\n";

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
  void aReadThatIsNeverAnsweredIsGivenUpAndTheShardGoesOn() {
    ScriptedStream stream = stream("Hung-Once");
    TableName table = stream.table().name();
    try (StreamServer server = serve(stream)) {
      Setup setup = stage.setup("hung-once", "{ max-age: 1s }", server.endpoint(), table);
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, append(stream), worker);
        stream.faults().next(StreamCall.GET_RECORDS, 1, FOR_EVER);
        await("the read").until(() -> stream.faults().given().containsKey("Silence"));

        setup.awaitRows(table, append(stream), worker);

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
      setup.assertSound();
    }
  }

  @Test
  void aWorkerWhoseReadsAreNeverAnsweredEndsItself() throws IOException {
    ScriptedStream stream = stream("Hung-For-Ever");
    TableName table = stream.table().name();
    try (StreamServer server = serve(stream)) {
      Setup setup =
          edited(stage.setup("hung-for-ever", "{ max-age: 1s }", server.endpoint(), table), "", "");
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, append(stream), worker);
        stream.faults().sometimes(StreamCall.GET_RECORDS, 1, FOR_EVER);

        assertThat(worker.exitCodeWithin(Setup.PATIENCE)).isEqualTo(1);

        assertThat(worker.err())
            .containsPattern("ERROR .* Shard " + table + ".* was last (read|processed) 3\\d s ago");
      }
    }
  }

  @Test
  void anUploadThatIsNeverAnsweredIsRepeated() throws IOException {
    TableName table = stage.table();
    URI s3 = stage.aws().endpoints().s3();
    try (Muzzle muzzle = Muzzle.before(s3);
        CountingLoad load = CountingLoad.start(stage, table)) {
      Setup setup = edited(stage.setup(table), s3.toString(), muzzle.endpoint().toString());
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, 1, worker);
        muzzle.silence();
        await("a call").atMost(Setup.PATIENCE).until(muzzle::swallowed);
        muzzle.speak();
        load.stop();

        setup.awaitAll(worker);

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
      setup.assertExact();
    }
  }

  @Test
  void aWorkerThatDynamoDbDoesNotAnswerEndsItself() throws IOException {
    TableName table = stage.table();
    URI dynamodb = stage.aws().endpoints().dynamodb();
    try (Muzzle muzzle = Muzzle.before(dynamodb);
        CountingLoad load = CountingLoad.start(stage, table)) {
      Setup setup = edited(stage.setup(table), dynamodb.toString(), muzzle.endpoint().toString());
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, 1, worker);
        muzzle.silence();

        assertThat(worker.exitCodeWithin(Setup.PATIENCE)).isEqualTo(1);

        assertThat(worker.err()).containsPattern("ERROR .*(could not be read for|was last) .*");
        load.stop();
      }
    }
  }

  @Test
  void aWorkerWhoseLeaseTableIsDeletedEndsItselfAndTheNextOneGoesOn() {
    TableName table = stage.table();
    Setup setup = stage.setup(table);
    try (CountingLoad load = CountingLoad.start(stage, table)) {
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, 1, worker);
        await("a look at the table")
            .pollDelay(Duration.ofSeconds(11))
            .atMost(Setup.PATIENCE)
            .until(worker::alive);
        stage.clients().tables().deleteTable(r -> r.tableName(setup.name() + "-" + table));

        assertThat(worker.exitCodeWithin(Setup.PATIENCE)).isEqualTo(1);

        assertThat(worker.err()).contains("-" + table + " is gone; the next start makes a new one");
      }
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, setup.lake().rows(table) + 100, worker);
        load.stop();
        setup.awaitAll(worker);

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
    }
    setup.assertExact();
  }

  private static ScriptedStream stream(String table) {
    ScriptedStream stream =
        new ScriptedStream(
            ScriptedTable.named(table), StreamSettings.seeded(5), InstantSource.system());
    stream.enable(1);
    return stream;
  }

  private static StreamServer serve(ScriptedStream stream) {
    return StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0);
  }

  /** Appends some changes; how many there are now. */
  private static long append(ScriptedStream stream) {
    GeneratedChanges changes =
        new GeneratedChanges(
            stream.table(),
            GeneratedChanges.Shape.ORDINARY.ofKeys(50),
            stream.account().records(),
            InstantSource.system());
    Stream.generate(changes).limit(200).forEach(stream::append);
    return stream.account().records();
  }

  /** The same with one text in place of another in its configuration, and with little patience. */
  private static Setup edited(Setup setup, String text, String other) throws IOException {
    String configuration = Files.readString(setup.config());
    return new Setup(
        stage,
        setup.name(),
        setup.tables(),
        stage.write(
            (text.isEmpty() ? configuration : configuration.replace(text, other)) + IMPATIENT));
  }
}
