package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.workload.StreamCount.Position;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables, the lake that keeps them, and the configuration that says so.
 *
 * @param name of the application and of the lake
 */
record Setup(Stage stage, String name, List<TableName> tables, Path config) {
  /**
   * How long anything may take on a busy machine: a lease that changes hands takes 25 seconds, and
   * a worker beside others needs more than a minute until it reads.
   */
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Duration COMMAND = Duration.ofMinutes(2);

  /** The same lake with other settings. */
  Setup committing(String policy) {
    return setup(name, policy);
  }

  /** A copy of the lake as it stands. */
  Setup copiedTo(String lake) {
    Setup copy = setup(lake, "{}");
    lake().copyTo(copy.lake().root());
    return copy;
  }

  private Setup setup(String lake, String policy) {
    return stage.setup(
        lake, policy, stage.aws().endpoints().dynamodb(), tables.toArray(TableName[]::new));
  }

  LakeFiles lake() {
    stage.aws().refresh();
    return new LakeFiles(stage.aws().endpoints().bucketDir().resolve(name));
  }

  /** Starts a worker that logs whatever it can. */
  ChildProcess run(String workerId) {
    return run(workerId, Map.of("AFTERBAY_LOG_LEVEL", "DEBUG"));
  }

  /** The same with its log as JSON. */
  ChildProcess runWithLogInJson(String workerId) {
    return run(workerId, Map.of("AFTERBAY_LOG_LEVEL", "DEBUG", "AFTERBAY_LOG_FORMAT", "json"));
  }

  private ChildProcess run(String workerId, Map<String, String> environment) {
    return Program.SERVICE.start(
        stage.dir(), environment, "run", "--config", config.toString(), "--worker-id", workerId);
  }

  /** Runs {@code fsck} on the lake as it stands, to its end. */
  Finished fsck() {
    return command("fsck", "--json");
  }

  /** Runs a command that has this configuration, to its end. */
  Finished command(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of(name, "--config", config.toString()));
    all.addAll(List.of(arguments));
    try (ChildProcess command = Program.SERVICE.start(stage.dir(), all.toArray(String[]::new))) {
      int code = command.exitCodeWithin(COMMAND);
      return new Finished(code, command.out(), command.err());
    }
  }

  /** What a command that succeeds prints. */
  String printed(String name, String... arguments) {
    Finished command = command(name, arguments);
    assertThat(command.exitCode()).as("%s: %s%s", name, command.out(), command.err()).isZero();
    return command.out();
  }

  /** The rows of an answer, with bars between the cells. */
  List<String> answer(String sql) {
    List<String> rows = new ArrayList<>();
    for (JsonNode row : LakeFiles.json(printed("query", "--format", "json", sql))) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.asText()));
      rows.add(String.join("|", cells));
    }
    return rows;
  }

  /** The same lake and a worker that tells of itself on a port. */
  Setup telling(WorkerMetrics metrics) {
    return edited("http: { port: 0 }", "http: { port: " + metrics.port() + " }");
  }

  /** The same lake with another text in its configuration. */
  Setup edited(String before, String after) {
    return new Setup(stage, name, tables, stage.write(text().replace(before, after)));
  }

  private String text() {
    try {
      return Files.readString(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same lake with typed tables.
   *
   * @param settings of every table, lines of YAML as they stand beside its name
   */
  Setup with(String settings) {
    Setup changed = this;
    for (TableName table : tables) {
      String line = "  - name: " + table + "\n";
      changed = changed.edited(line, line + settings.strip().indent(4));
    }
    return changed;
  }

  /** What a command that has ended left. */
  record Finished(int exitCode, String out, String err) {}

  /** Waits until the lake holds at least so many rows of a table. */
  void awaitRows(TableName table, long rows, ChildProcess... workers) {
    await("rows of " + table)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              for (ChildProcess worker : workers) {
                assertThat(worker.alive()).as("a worker ended:%n%s", worker.err()).isTrue();
              }
              return lake().rows(table) >= rows;
            });
  }

  /** Waits until the lake holds what the streams hold; nothing may be written meanwhile. */
  void awaitAll(ChildProcess... workers) {
    for (TableName table : tables) {
      awaitRows(table, stage.streamOf(table).all().size(), workers);
    }
  }

  /** Each record of the streams is in the lake once, and nothing else is; fsck agrees. */
  void assertExact() {
    for (TableName table : tables) {
      assertThat(difference(stage.streamOf(table).all(), lake().positions(table)))
          .as("rows of %s less its stream's records", table)
          .isEmpty();
    }
    assertSound();
  }

  /** fsck finds nothing. */
  void assertSound() {
    Finished fsck = fsck();
    assertThat(fsck.exitCode()).as("fsck: %s%s", fsck.out(), fsck.err()).isZero();
  }

  /** How many times more often a position is a row than a record, where that is not zero. */
  private static Map<String, Integer> difference(List<Position> records, List<Position> rows) {
    Map<String, Integer> difference = new TreeMap<>();
    rows.forEach(row -> difference.merge(row.toString(), 1, Integer::sum));
    records.forEach(record -> difference.merge(record.toString(), -1, Integer::sum));
    difference.values().removeIf(count -> count == 0);
    return difference;
  }

  /** Who holds the lease of the newest shard that anybody holds. */
  Optional<String> owner(TableName table) {
    return owners(table).values().stream().reduce((older, newer) -> newer);
  }

  /** Who holds the lock of the leader, who assigns the leases. */
  Optional<String> leader(TableName table) {
    return rows(table).stream()
        .filter(row -> "Leader".equals(text(row, "leaseKey")))
        .map(row -> text(row, "ownerName"))
        .findFirst();
  }

  /** Those who have reported that they can be given leases. */
  List<String> workers(TableName table) {
    return rows(table).stream()
        .filter(row -> row.containsKey("lut"))
        .map(row -> text(row, "leaseKey"))
        .toList();
  }

  /** What KCL would start after, for each shard. */
  Map<String, String> checkpoints(TableName table) {
    Map<String, String> checkpoints = new TreeMap<>();
    leases(table).forEach((shard, lease) -> checkpoints.put(shard, text(lease, "checkpoint")));
    return checkpoints;
  }

  /** The worker that has each shard's lease, if any has. */
  Map<String, String> owners(TableName table) {
    Map<String, String> owners = new TreeMap<>();
    leases(table)
        .forEach(
            (shard, lease) ->
                Optional.ofNullable(lease.get("leaseOwner"))
                    .map(AttributeValue::s)
                    .ifPresent(owner -> owners.put(shard, owner)));
    return owners;
  }

  /** KCL keeps other things in the same table; only leases have a checkpoint. */
  private TreeMap<String, Map<String, AttributeValue>> leases(TableName table) {
    TreeMap<String, Map<String, AttributeValue>> leases = new TreeMap<>();
    rows(table).stream()
        .filter(row -> row.containsKey("checkpoint"))
        .forEach(lease -> leases.put(text(lease, "leaseKey"), lease));
    return leases;
  }

  private List<Map<String, AttributeValue>> rows(TableName table) {
    return stage.clients().tables().scan(r -> r.tableName(name + "-" + table)).items();
  }

  private static String text(Map<String, AttributeValue> lease, String attribute) {
    return Objects.requireNonNull(lease.get(attribute), attribute).s();
  }
}
