package dev.afterbay.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.local.aws.LocalEndpoints;
import dev.afterbay.transforms.change.TableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** The demo with a worker and a lake that live in this test. */
class DemoIT {
  @TempDir Path dir;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Screen screen = Screen.lines(new PrintStream(err, true, StandardCharsets.UTF_8));

  @Test
  void allAnswersComeAndTheSumsAreExact() throws IOException {
    Demo demo =
        new Demo(
            DemoIT::workThatNeverEnds,
            StreamLake::new,
            DemoIT::nothingToObject,
            screen,
            InstantSource.system());

    DemoResult result = demo.run(dir, Duration.ofSeconds(3));

    assertThat(result.sums().exact()).isTrue();
    assertThat(result.sums().streamRecords()).isGreaterThan(100);
    assertThat(result.secondsToFirstRow()).isPositive();
    assertThat(result.lake()).isEqualTo(dir.resolve("afterbay/lake"));
    String text = printed(result);
    assertThat(text)
        .containsSubsequence("INSERT", "PENDING", "MODIFY", "PAID", "MODIFY", "SHIPPED")
        .contains("t001     Write the report  DONE", "t002", "s900")
        .containsPattern("Ada Verlaine +1 +66.90")
        .contains("0 missing, 0 duplicates")
        .contains("  audited lake")
        .contains("./afterbay query --config " + dir.resolve("afterbay.yaml"));
    JsonNode json = new ObjectMapper().readTree(DemoReport.json(result));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "streamRecords", "changeRows", "missing", "duplicates", "secondsToFirstRow", "lake");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Playing TaskApp", "Writing for 3 s");
  }

  @Test
  void aWorkerThatEndsIsReportedWithTheEndOfItsLog() {
    Worker.Launcher broken =
        (config, log) -> {
          write(log, "no such table\n");
          return new FakeWorker(OptionalInt.of(2));
        };
    Demo demo =
        new Demo(broken, StreamLake::new, DemoIT::nothingToObject, screen, InstantSource.system());

    assertThatThrownBy(() -> demo.run(dir, Duration.ofSeconds(1)))
        .isInstanceOf(DemoException.class)
        .hasMessage(
            "The worker ended with exit code 2; see %s:%nno such table", dir.resolve("worker.log"));
  }

  /** There are no files to audit here. */
  private static Proof.Outcome nothingToObject(DemoFiles files) {
    return new Proof.Outcome(
        true, List.of("  audited " + files.prefix()), new Lake.Answer(List.of(), List.of()));
  }

  private static Worker workThatNeverEnds(Path config, Path log) {
    write(config.resolveSibling("afterbay/lake/task_app/changes/dt=x/hh=y/a.parquet"), "");
    return new FakeWorker(OptionalInt.empty());
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String printed(DemoResult result) {
    StringWriter text = new StringWriter();
    DemoReport.print(result, new PrintWriter(text));
    return text.toString();
  }

  private static final class FakeWorker implements Worker {
    private OptionalInt code;

    FakeWorker(OptionalInt code) {
      this.code = code;
    }

    @Override
    public OptionalInt exitCodeWithin(Duration patience) {
      return code;
    }

    @Override
    public void terminate() {
      code = OptionalInt.of(0);
    }
  }

  /** Shows what the streams held when it was opened. */
  static final class StreamLake implements Lake {
    private final DuckLake rows = new DuckLake();
    private final LocalClients clients;

    StreamLake(Path config) {
      clients = new LocalClients(endpoints(config));
      fill();
    }

    private static LocalEndpoints endpoints(Path config) {
      try {
        JsonNode tree = new YAMLMapper().readTree(config.toFile());
        assertThat(tree.path("lake").asText()).isEqualTo("s3://afterbay/lake");
        assertThat(tree.path("tables")).hasSize(2);
        return new LocalEndpoints(
            URI.create(tree.path("endpoints").path("dynamodb").asText()),
            URI.create(tree.path("endpoints").path("s3").asText()),
            tree.path("region").asText(),
            LocalEndpoints.CREDENTIAL,
            LocalEndpoints.CREDENTIAL,
            "afterbay",
            config.resolveSibling("afterbay"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Answer ask(String sql) {
      return rows.ask(sql);
    }

    private void fill() {
      for (var stream : clients.streams().listStreams(r -> {}).streams()) {
        for (Shard shard :
            clients
                .streams()
                .describeStream(r -> r.streamArn(stream.streamArn()))
                .streamDescription()
                .shards()) {
          fill(stream.streamArn(), stream.tableName(), stream.streamLabel(), shard.shardId());
        }
      }
    }

    private void fill(String arn, String table, String label, String shard) {
      String changes = new TableName(table).folder() + "_changes";
      String iterator =
          clients
              .streams()
              .getShardIterator(
                  r ->
                      r.streamArn(arn)
                          .shardId(shard)
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      while (iterator != null) {
        String from = iterator;
        GetRecordsResponse page = clients.streams().getRecords(r -> r.shardIterator(from));
        page.records().forEach(record -> rows.add(changes, label, shard, record));
        iterator = page.records().isEmpty() ? null : page.nextShardIterator();
      }
    }

    @Override
    public void close() {
      rows.close();
      clients.close();
    }
  }
}
