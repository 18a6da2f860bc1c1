package dev.afterbay.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own. */
class LocalCommandIT {
  @TempDir Path dir;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void oneLineTellsWhereItListensAndSigtermEndsItWithZero() throws Exception {
    Process local = start("--dir", dir.toString(), "--dynamodb-port", "0", "--s3-port", "0");
    BufferedReader out = local.inputReader(StandardCharsets.UTF_8);

    JsonNode ready = new ObjectMapper().readTree(out.readLine());

    assertThat(ready.fieldNames())
        .toIterable()
        .containsExactly(
            "dynamodb", "s3", "region", "accessKeyId", "secretAccessKey", "bucket", "bucketDir");
    assertThat(URI.create(ready.path("dynamodb").asText())).hasScheme("http").hasHost("127.0.0.1");
    assertThat(ready.path("region").asText()).isEqualTo("us-east-1");
    assertThat(Path.of(ready.path("bucketDir").asText())).isEqualTo(dir.resolve("afterbay"));
    assertThat(dir.resolve("afterbay")).isDirectory();
    local.toHandle().destroy();
    assertThat(local.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(local.exitValue()).isZero();
    assertThat(out.readLine()).as("nothing else is printed").isNull();
    assertThat(text(local.getErrorStream())).as("nothing to complain about").isEmpty();
  }

  @Test
  void aPortInUseIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Process local = start("--dir", dir.toString(), "--dynamodb-port", port, "--s3-port", "0");

      assertThat(local.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(local.exitValue()).isEqualTo(1);
      assertThat(text(local.getErrorStream()).strip())
          .isEqualTo(
              "Port %s for DynamoDB is in use; choose another with --dynamodb-port, or 0 for a free one.",
              port);
      assertThat(text(local.getInputStream())).isEmpty();
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsOneSentence() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));
    Process local = start("--dir", file.toString(), "--dynamodb-port", "0", "--s3-port", "0");

    assertThat(local.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(local.exitValue()).isEqualTo(1);
    assertThat(text(local.getErrorStream()).lines())
        .singleElement()
        .asString()
        .contains(file.resolve("afterbay").toString(), "choose another --dir");
  }

  @Test
  void aMissingDirectoryOptionIsAUsageError() throws Exception {
    Process local = start();

    assertThat(local.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(local.exitValue()).isEqualTo(2);
    assertThat(text(local.getErrorStream())).contains("--dir");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LocalMain.class.getName(), "local"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
