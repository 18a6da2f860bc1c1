package dev.afterbay.local.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.aws.Json;
import dev.afterbay.local.process.ServiceJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The service's own check of the lake, in a process of its own. */
final class FsckRun {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private FsckRun() {}

  static TortureResult.Fsck of(ServiceJvm program, Path config, Path dir) {
    Path out = dir.resolve("fsck.json");
    Path err = dir.resolve("fsck.log");
    try {
      Process fsck =
          program
              .command("fsck", "--config", config.toString(), "--json")
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!fsck.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        fsck.destroyForcibly();
        throw new TortureException("fsck did not end; see " + err);
      }
      String answer = new String(Files.readAllBytes(out), StandardCharsets.UTF_8).strip();
      if (answer.isEmpty()) {
        throw new TortureException("fsck gave no answer; see " + err);
      }
      JsonNode json = Json.read(answer.getBytes(StandardCharsets.UTF_8));
      JsonNode table = json.path("tables").path(0);
      return new TortureResult.Fsck(
          fsck.exitValue() == 0 && json.path("sound").asBoolean(),
          table.path("commits").asLong(),
          table.path("findings").size());
    } catch (IOException e) {
      throw new TortureException("fsck cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TortureException("The torture was interrupted.", e);
    }
  }
}
