package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.demo.ChildJvm;
import dev.afterbay.local.demo.Worker;
import dev.afterbay.local.process.ServiceJvm;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.fromstream.StreamRecordDecoder;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import dev.afterbay.transforms.image.Image;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** The service, as it is shipped, on a scripted stream. */
class ScriptedWorkerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int SHARDS = 4;

  @TempDir static Path dir;

  private static LocalAws aws;
  private static ChildJvm service;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(dir, 0, 0);
    Path built = Path.of(System.getProperty("afterbay.it.service", "../consumer/target"));
    service =
        ChildJvm.of(
            ServiceJvm.service(
                built.resolve("classes") + File.pathSeparator + built.resolve("lib") + "/*"));
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  void everyRecordIsInTheLakeOnceThroughASplitAndARollover() throws Exception {
    ScriptedStream stream = stream("Quiet-Orders", StreamSettings.seeded(11));

    runThrough(stream);

    assertThat(stream.faults().given()).isEmpty();
  }

  @Test
  void everyRecordIsInTheLakeOnceThoughCallsFail() throws Exception {
    StreamSettings settings =
        StreamSettings.seeded(12)
            .pages(150, 40_000)
            .pagesOfShards(2)
            .digits(150)
            .iterators(Duration.ofMinutes(15), 4);
    ScriptedStream stream = stream("Rough-Orders", settings);
    Faults faults = stream.faults();
    faults.next(StreamCall.GET_RECORDS, 2, Fault.throttled());
    faults.sometimes(StreamCall.GET_RECORDS, 0.1, Fault.internalError());
    faults.sometimes(StreamCall.GET_RECORDS, 0.1, Fault.expired());
    faults.sometimes(StreamCall.GET_SHARD_ITERATOR, 0.1, Fault.throttled());
    faults.sometimes(StreamCall.DESCRIBE_STREAM, 0.2, Fault.rateExceeded());
    faults.sometimes(StreamCall.GET_RECORDS, 0.02, new Fault.Silence(Duration.ofMillis(300)));
    faults.sometimes(StreamCall.GET_RECORDS, 0.05, new Fault.Slow(Duration.ofMillis(200)));

    runThrough(stream);

    assertThat(faults.given())
        .containsKeys(
            "LimitExceededException", "InternalServerError", "ExpiredIteratorException", "Slow");
  }

  private static void runThrough(ScriptedStream stream) throws Exception {
    String name = stream.table().name().folder();
    GeneratedChanges changes =
        new GeneratedChanges(
            stream.table(), GeneratedChanges.Shape.ORDINARY.ofKeys(300), 1, InstantSource.system());
    try (StreamServer server = StreamServer.startBefore(aws.endpoints().dynamodb(), stream, 0)) {
      append(stream, changes, 1_500);
      Path log = dir.resolve(name + ".log");
      Worker worker = service.launch(config(stream, server.endpoint()), log);
      awaitRows(stream, worker, log);
      stream.split(stream.openShards().get(0));
      stream.roll(stream.openShards().get(0));
      append(stream, changes, 1_500);
      awaitRows(stream, worker, log);
      worker.terminate();

      assertThat(worker.exitCodeWithin(PATIENCE)).as(Files.readString(log)).hasValue(0);
    }
    assertThat(stream.account().shards()).hasSize(SHARDS + 3);
    assertThat(rows(stream)).containsExactlyElementsOf(expected(stream));
  }

  private static ScriptedStream stream(String table, StreamSettings settings) {
    ScriptedStream stream =
        new ScriptedStream(ScriptedTable.named(table), settings, InstantSource.system());
    stream.enable(SHARDS);
    return stream;
  }

  private static void append(ScriptedStream stream, GeneratedChanges changes, int records) {
    Stream.generate(changes).limit(records).forEach(stream::append);
  }

  private static Path config(ScriptedStream stream, URI dynamodb) throws IOException {
    String name = stream.table().name().folder();
    return Files.writeString(
        dir.resolve(name + ".yaml"),
        """
        application: %s
        region: us-east-1
        endpoints: { dynamodb: "%s", s3: "%s" }
        lake: s3://%s/%s
        commit: { max-age: 1s }
        tables: [{ name: %s }]
        http: { port: 0 }
        """
            .formatted(
                name,
                dynamodb,
                aws.endpoints().s3(),
                aws.endpoints().bucket(),
                name,
                stream.table().name()));
  }

  private static void awaitRows(ScriptedStream stream, Worker worker, Path log) {
    await("all %d records".formatted(stream.account().records()))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .failFast(
            () ->
                assertThat(worker.exitCodeWithin(Duration.ZERO))
                    .as(Files.readString(log))
                    .isEmpty())
        .until(() -> rows(stream).size() >= stream.account().records());
  }

  /** A change as the lake has it and as the stream has it. */
  private record Row(
      String stream,
      String shard,
      SequenceNumber number,
      String operation,
      @Nullable String newImage,
      @Nullable String oldImage) {}

  /** The account's records in its order, with the images that a reader of the stream sees. */
  private static List<Row> expected(ScriptedStream stream) throws UndecodableRecordException {
    Reading reading =
        new Reading(new ScriptedStreamsClient(stream), stream.latestArn().orElseThrow());
    stream.faults().clear();
    List<Row> rows = new ArrayList<>();
    for (StreamShard shard : stream.account().shards()) {
      List<Record> records = reading.records(shard.shard().value());
      List<Account.Line> lines = stream.account().of(shard);
      assertThat(records).hasSameSizeAs(lines);
      for (int i = 0; i < lines.size(); i++) {
        ChangeEvent event = StreamRecordDecoder.decode(records.get(i));
        rows.add(
            new Row(
                shard.stream().value(),
                shard.shard().value(),
                lines.get(i).sequenceNumber(),
                lines.get(i).operation(),
                json(event.newImage()),
                json(event.oldImage())));
      }
    }
    return rows;
  }

  private static @Nullable String json(@Nullable Image image) {
    return image == null ? null : image.json();
  }

  /** What a stranger reads in the lake, ordered by shard and position. */
  private static List<Row> rows(ScriptedStream stream) {
    String name = stream.table().name().folder();
    Path changes = aws.endpoints().bucketDir().resolve(name).resolve(name).resolve("changes");
    List<Row> rows = new ArrayList<>();
    if (!Files.isDirectory(changes)) {
      return rows;
    }
    try (Connection duck = SharedDuck.session();
        Statement statement = duck.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT cdc_stream, cdc_shard, cdc_seq, cdc_op, new_image, old_image"
                    + " FROM read_parquet('%s/**/*.parquet') ORDER BY cdc_shard, cdc_seq"
                        .formatted(changes))) {
      while (result.next()) {
        rows.add(
            new Row(
                text(result, 1),
                text(result, 2),
                new SequenceNumber(text(result, 3)),
                text(result, 4),
                result.getString(5),
                result.getString(6)));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(ResultSet result, int column) throws SQLException {
    return Objects.requireNonNull(result.getString(column));
  }
}
