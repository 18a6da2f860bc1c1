package dev.afterbay.benchmarks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.benchmarks.load.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes around a worker: local AWS (leases and objects), and the stream in front of it.
 *
 * @param dir of everything
 * @param aws what the local AWS said of itself
 * @param stream what the stream said of itself
 * @param processors where they run, and a worker
 */
record Scene(
    Path dir,
    MeasuredProcess local,
    JsonNode aws,
    MeasuredProcess host,
    JsonNode stream,
    Processors processors)
    implements AutoCloseable {
  /** Where the modules are built. */
  static final Path ROOT = Path.of(System.getProperty("afterbay.root", "."));

  private static final String SERVICE_CLASS_PATH =
      ROOT + "/consumer/target/classes:" + ROOT + "/consumer/target/lib/*";
  private static final List<String> HELPER_OPTIONS = List.of("-Xmx3g", "-XX:+UseSerialGC");

  /** What the stream's process takes for a record, with the room that its collector wants. */
  private static final long RECORD_BYTES = 2_200;

  /**
   * Starts them.
   *
   * @param records that the stream will hold at most
   * @param processors where they run, and a worker
   */
  static Scene open(Path dir, long records, List<String> streamArguments, Processors processors)
      throws IOException {
    String classPath = System.getProperty("java.class.path");
    MeasuredProcess local =
        MeasuredProcess.java(
            dir.resolve("local.err"),
            processors.others(),
            HELPER_OPTIONS,
            classPath,
            "dev.afterbay.local.cli.LocalMain",
            List.of(
                "local",
                "--dir",
                dir.resolve("aws").toString(),
                "--dynamodb-port",
                "0",
                "--s3-port",
                "0"));
    JsonNode aws = local.line();
    List<String> arguments = new ArrayList<>(streamArguments);
    arguments.addAll(List.of("--dynamodb", aws.path("dynamodb").asText()));
    MeasuredProcess host =
        MeasuredProcess.java(
            dir.resolve("stream.err"),
            processors.others(),
            List.of(
                "-Xmx" + (2_048 + (records * RECORD_BYTES >> 20)) + "m",
                "-Xmn512m",
                "-XX:+UseSerialGC"),
            classPath,
            StreamHost.class.getName(),
            arguments);
    return new Scene(dir, local, aws, host, host.line(), processors);
  }

  /** Starts them wherever the system puts them. */
  static Scene open(Path dir, long records, List<String> streamArguments) throws IOException {
    return open(dir, records, streamArguments, Processors.SHARED);
  }

  /** Starts the service on a lake of its own. */
  MeasuredProcess worker(
      String lake, String tables, String commit, Metrics metrics, List<String> options)
      throws IOException {
    Path config = dir.resolve(lake + ".yaml");
    Files.writeString(
        config,
        """
        application: %s
        region: us-east-1
        endpoints:
          dynamodb: %s
          s3: %s
        lake: s3://afterbay/%s
        commit: %s
        tables:
          - name: %s
        %s
        http: { port: %d }
        """
            .formatted(
                lake,
                stream.path("endpoint").asText(),
                aws.path("s3").asText(),
                lake,
                commit,
                Orders.TABLE.name(),
                tables.strip().indent(4).stripTrailing(),
                metrics.port()));
    return MeasuredProcess.java(
        dir.resolve(lake + ".err"),
        processors.measured(),
        options,
        SERVICE_CLASS_PATH,
        "dev.afterbay.consumer.cli.Afterbay",
        List.of("run", "--config", config.toString()));
  }

  /** Where the files of a lake's raw changes lie. */
  Path changes(String lake) {
    return Path.of(aws.path("bucketDir").asText())
        .resolve(lake)
        .resolve(Orders.TABLE.name().folder())
        .resolve("changes");
  }

  /** Ends a worker as its users do; its lake must hold so many records by then, each once. */
  void end(MeasuredProcess worker, String lake, long records) throws IOException, SQLException {
    int code = worker.stop();
    long held = LakeQuestions.records(changes(lake));
    if (code != 0 || held != records) {
      throw new IllegalStateException(
          "Exit code %d, %d of %d records in the lake:%n%s"
              .formatted(code, held, records, worker.errors()));
    }
  }

  @Override
  public void close() {
    host.close();
    local.close();
  }
}
