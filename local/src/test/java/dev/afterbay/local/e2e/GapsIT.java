package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.stream.Account;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.local.workload.StreamCount.Position;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the stream no longer has is a recorded gap, and what it still has is in the lake once. */
@Execution(ExecutionMode.CONCURRENT)
class GapsIT {
  private static final Duration COMMAND = Duration.ofSeconds(60);

  @TempDir Path dir;
  private Stage stage;
  private ScriptedStream stream;
  private GeneratedChanges changes;
  private StreamServer server;
  private Setup setup;

  @BeforeEach
  void aTableWithTwoShards() {
    stage = Stage.open(dir);
    stream =
        new ScriptedStream(
            ScriptedTable.named("Gappy-Orders"), StreamSettings.seeded(3), InstantSource.system());
    stream.enable(2);
    changes =
        new GeneratedChanges(
            stream.table(), GeneratedChanges.Shape.ORDINARY, 3, InstantSource.system());
    server = StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0);
    setup = stage.setup("gappy", "{ max-age: 1s }", server.endpoint(), table());
  }

  @AfterEach
  void stop() {
    server.close();
    stage.close();
  }

  @Test
  void whatWasTrimmedWhileNobodyReadIsRecordedAndTheReadingGoesOn() {
    append(200);
    killAfterReadingAll();
    StreamShard shard = stream.openShards().get(0);
    append(100);
    trimAllButLast(shard, 10);
    StreamShard child = stream.roll(stream.openShards().get(1));
    append(100);
    trimAllButLast(child, 10);

    killAfterReadingAll();

    List<JsonNode> gaps = gaps();
    assertThat(gaps).extracting(gap -> gap.path("reason").asText()).containsOnly("TRIMMED");
    assertThat(gaps)
        .extracting(gap -> gap.path("shard").asText())
        .containsExactlyInAnyOrder(shard.shard().value(), child.shard().value());
    assertThat(missing()).containsExactlyElementsOf(inside(gaps));
    assertThat(query("SELECT count(*) AS n FROM gappy_orders_gaps").path("n").asInt()).isEqualTo(2);
    setup.assertSound();
  }

  @Test
  @TakesLong
  void shardsThatVanishedUnreadAreGapsAndTheirDescendantsAreRead() {
    append(100);
    killAfterReadingAll();
    StreamShard first = stream.openShards().get(0);
    append(50);
    StreamShard second = stream.roll(first);
    append(50);
    StreamShard third = stream.roll(second);
    append(50);
    stream.vanish(first);
    stream.vanish(second);

    killAfterReadingAll();

    assertThat(gaps())
        .extracting(gap -> gap.path("shard").asText() + " " + gap.path("reason").asText())
        .containsExactlyInAnyOrder(
            first.shard() + " SHARD_VANISHED", third.shard() + " PARENT_NEVER_READ");
    assertThat(missing())
        .isSubsetOf(Stream.concat(account(first).stream(), account(second).stream()).toList());
    setup.assertSound();
  }

  @Test
  void aNewStreamOfTheTableIsReadAfterTheGapBetweenThem() {
    append(100);
    try (ChildProcess worker = setup.run("one")) {
      awaitLake(worker);
      stream.disable();
      stream.enable(1);
      append(50);
      assertThat(worker.exitCodeWithin(Setup.PATIENCE)).isEqualTo(1);
      assertThat(worker.err()).contains("has the new stream");
    }

    killAfterReadingAll();

    assertThat(gaps())
        .extracting(gap -> gap.path("reason").asText())
        .isNotEmpty()
        .containsOnly("STREAM_RECREATED");
    assertThat(missing()).isEmpty();
    setup.assertSound();
  }

  @Test
  void aLeaseTableThatIsLostOrEditedIsNoGap() {
    append(200);
    killAfterReadingAll();
    append(100);
    StreamShard rolled = stream.openShards().get(0);
    String leases = setup.name() + "-" + table();
    edit(leases, stream.openShards().get(1), stream.account().of(stream.openShards().get(1)));
    stream.roll(rolled);
    checkpoint(leases, rolled, "SHARD_END");
    append(100);

    killAfterReadingAll();
    stage.clients().tables().deleteTable(request -> request.tableName(leases));
    append(100);
    killAfterReadingAll();

    assertThat(gaps()).isEmpty();
    assertThat(missing()).isEmpty();
    assertThat(setup.lake().rows(table())).isEqualTo(stream.account().records());
    setup.assertSound();
  }

  @Test
  @TakesLong
  void aLeaseThatIsDeletedUnderAWorkerComesBack() {
    append(100);
    String leases = setup.name() + "-" + table();
    try (ChildProcess worker = setup.run("one")) {
      awaitLake(worker);
      delete(leases, stream.openShards().get(0));
      append(100);
      awaitLake(worker);
    }

    assertThat(gaps()).isEmpty();
    assertThat(missing()).isEmpty();
    assertThat(setup.lake().rows(table())).isEqualTo(stream.account().records());
    setup.assertSound();
  }

  private void delete(String leases, StreamShard shard) {
    stage.clients().tables().deleteItem(request -> request.tableName(leases).key(leaseOf(shard)));
  }

  private static Map<String, AttributeValue> leaseOf(StreamShard shard) {
    return Map.of("leaseKey", AttributeValue.fromS(shard.shard().value()));
  }

  private void edit(String leases, StreamShard shard, List<Account.Line> lines) {
    checkpoint(leases, shard, lines.get(lines.size() - 1).sequenceNumber().spelled());
  }

  private void checkpoint(String leases, StreamShard shard, String value) {
    stage
        .clients()
        .tables()
        .updateItem(
            request ->
                request
                    .tableName(leases)
                    .key(leaseOf(shard))
                    .updateExpression("SET checkpoint = :value")
                    .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))));
  }

  private void append(int records) {
    Stream.generate(changes).limit(records).forEach(stream::append);
  }

  private void trimAllButLast(StreamShard shard, int kept) {
    int all = stream.account().of(shard).size();
    stream.trim(shard, all - kept);
  }

  /** Starts a worker, lets it read what there is, and kills it. */
  private void killAfterReadingAll() {
    try (ChildProcess worker = setup.run("one")) {
      awaitLake(worker);
    }
  }

  /** The last record of every open shard is in the lake, and so is what comes before it. */
  private void awaitLake(ChildProcess worker) {
    await("the newest records")
        .atMost(Setup.PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              assertThat(worker.alive()).as(worker.err()).isTrue();
              return positions(setup.lake().positions(table())).containsAll(newest());
            });
  }

  private List<String> newest() {
    return stream.openShards().stream()
        .map(shard -> account(shard))
        .filter(lines -> !lines.isEmpty())
        .map(lines -> lines.get(lines.size() - 1))
        .toList();
  }

  /** What was written and is not in the lake. */
  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    stream.account().shards().forEach(shard -> missing.addAll(account(shard)));
    List<String> rows = positions(setup.lake().positions(table()));
    assertThat(rows).doesNotHaveDuplicates();
    missing.removeAll(rows);
    return missing.stream().sorted().toList();
  }

  private List<String> account(StreamShard shard) {
    return stream.account().of(shard).stream()
        .map(line -> shard.shard() + " " + line.sequenceNumber())
        .toList();
  }

  private static List<String> positions(List<Position> rows) {
    return rows.stream().map(row -> row.shard().shard() + " " + row.sequenceNumber()).toList();
  }

  /** The records that the gaps say are missing. */
  private List<String> inside(List<JsonNode> gaps) {
    TreeSet<String> inside = new TreeSet<>();
    for (JsonNode gap : gaps) {
      SequenceNumber after = new SequenceNumber(gap.path("after").asText());
      SequenceNumber before = new SequenceNumber(gap.path("before").asText());
      for (StreamShard shard : stream.account().shards()) {
        if (shard.shard().value().equals(gap.path("shard").asText())) {
          stream.account().of(shard).stream()
              .map(Account.Line::sequenceNumber)
              .filter(number -> number.isAfter(after) && before.isAfter(number))
              .forEach(number -> inside.add(shard.shard() + " " + number));
        }
      }
    }
    return List.copyOf(inside);
  }

  /** The gaps as {@code status} tells them. */
  private List<JsonNode> gaps() {
    List<JsonNode> gaps = new ArrayList<>();
    command("status", "--json").path("tables").get(0).path("gaps").forEach(gaps::add);
    return gaps;
  }

  private JsonNode query(String sql) {
    return command("query", "--format", "json", sql).get(0);
  }

  private JsonNode command(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of(name, "--config", setup.config().toString()));
    arguments.addAll(List.of(more));
    try (ChildProcess command = Program.SERVICE.start(dir, arguments.toArray(String[]::new))) {
      assertThat(command.exitCodeWithin(COMMAND)).as(command.err()).isZero();
      return new ObjectMapper().readTree(command.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TableName table() {
    return stream.table().name();
  }
}
