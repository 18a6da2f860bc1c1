package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

class MistakesIT {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /** From the command to the prompt, the start of the JVM included. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

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
  void allMistakesInAFileAreReportedAtOnceWithTheirLines() {
    Path config =
        stage.write(
            """
            application: shop
            region: us-east-1
            lake: s3://afterbay/lake
            commit: { max-age: 5 lightyears }
            comit: 1
            start: [ here ]
            tables:
              - entities: []
            http: { port: eighty }
            """);

    String err = refused(config, USAGE);

    assertThat(err.lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(config + ":4:").contains("'commit.max-age'", "5m"),
            line -> assertThat(line).startsWith(config + ":5:").contains("'comit'", "'commit'"),
            line -> assertThat(line).startsWith(config + ":6:").contains("'start'", "a list"),
            line -> assertThat(line).startsWith(config + ":8:").contains("'tables[0].name'"),
            line -> assertThat(line).startsWith(config + ":9:").contains("'http.port'", "8080"),
            line -> assertThat(line).isEqualTo("afterbay: 5 mistakes in the configuration"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "fsck"})
  void theOtherCommandsReportThemToo(String command) {
    Path config = stage.write("application: shop\n");
    try (ChildProcess process =
        Program.SERVICE.start(dir, command, "--config", config.toString())) {
      assertThat(process.exitCodeWithin(PATIENCE)).isEqualTo(USAGE);
      assertThat(process.out()).isEmpty();
      assertThat(process.err().lines()).hasSize(4).last().asString().contains("3 mistakes");
    }
  }

  @Test
  void anEndpointThatIsDownIsNamed() throws IOException {
    URI nobody = URI.create("http://127.0.0.1:" + freePort());
    Path config = stage.setup("down", "{}", nobody, new TableName("Orders")).config();

    assertThat(sentence(config)).contains("DynamoDB", nobody.toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void aTableThatDoesNotExistIsNamed() {
    Path config = stage.setup(new TableName("NoSuchTable")).config();

    assertThat(sentence(config)).contains("'NoSuchTable'", "does not exist", "us-east-1");
  }

  @Test
  void aTableWithoutAStreamIsToldHowToGetOne() {
    TableName table = stage.table(StreamSpecification.builder().streamEnabled(false).build());

    assertThat(sentence(stage.setup(table).config()))
        .contains("'" + table + "' has no stream", "aws dynamodb update-table");
  }

  @Test
  void aStreamWithoutImagesIsToldHowToGetThem() {
    TableName table =
        stage.table(
            StreamSpecification.builder()
                .streamEnabled(true)
                .streamViewType(StreamViewType.KEYS_ONLY)
                .build());

    assertThat(sentence(stage.setup(table).config()))
        .contains("'" + table + "'", "KEYS_ONLY", "NEW_AND_OLD_IMAGES", "update-table");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DescribeTable", "DescribeStream"})
  void aDeniedActionIsNamed(String operation) throws IOException {
    try (DenyingDynamoDb stub = DenyingDynamoDb.denying(operation)) {
      Path config = stage.setup("denied", "{}", stub.address(), new TableName("Orders")).config();

      assertThat(sentence(config)).contains("Access denied", "'Orders'", "dynamodb:" + operation);
    }
  }

  @Test
  void aBucketThatDoesNotExistIsNamed() throws IOException {
    Path config = stage.setup(stage.table()).config();
    Files.writeString(
        config, Files.readString(config).replaceAll("(?m)^lake: .*$", "lake: s3://no-such/lake"));

    assertThat(sentence(config)).contains("'no-such' does not exist", "aws s3 mb s3://no-such");
  }

  /** The one sentence that {@code run} ends with. */
  private static String sentence(Path config) {
    List<String> lines = refused(config, FAILED).lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("afterbay: ");
    return lines.get(0);
  }

  private static String refused(Path config, int exitCode) {
    try (ChildProcess run = Program.SERVICE.start(dir, "run", "--config", config.toString())) {
      assertThat(run.exitCodeWithin(PATIENCE)).as(run.err()).isEqualTo(exitCode);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).doesNotContain("Exception in thread", "\tat ");
      return run.err();
    }
  }
}
