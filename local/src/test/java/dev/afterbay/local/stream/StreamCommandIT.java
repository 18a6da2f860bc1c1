package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.aws.Json;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamCommandIT {
  @Test
  void aProcessOfItsOwnServesGeneratedRecordsUntilItIsTerminated() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StreamCommand.class.getName(),
                "--shards=2",
                "--records=100")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      JsonNode ready = Json.read(out.readLine().getBytes(StandardCharsets.UTF_8));
      try (TestClients clients = TestClients.of(URI.create(ready.path("endpoint").asText()))) {
        Reading reading = new Reading(clients.streams(), ready.path("streamArn").asText());
        assertThat(
                reading.shards().stream().mapToInt(s -> reading.records(s.shardId()).size()).sum())
            .isEqualTo(100);
      }
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
