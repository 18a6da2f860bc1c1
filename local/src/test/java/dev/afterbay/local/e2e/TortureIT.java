package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TortureIT {
  private static final Duration PATIENCE = Duration.ofMinutes(12);

  @TempDir Path dir;

  @Test
  void afterDeliberateViolenceTheLakeHasEveryRecordOnce() throws IOException {
    try (ChildProcess torture =
        Program.LOCAL.start(
            dir,
            "torture",
            "--minutes",
            "0.6",
            "--seed",
            "10",
            "--decode",
            "mixed",
            "--dir",
            dir.resolve("torture").toString(),
            "--json")) {
      int code = torture.exitCodeWithin(PATIENCE);

      JsonNode answer = new ObjectMapper().readTree(torture.out());
      assertThat(code).as(torture.out() + torture.err()).isZero();
      assertThat(
              List.of(
                  "lost", "doubled", "strange", "damaged", "outOfOrder", "untyped", "wrongGaps"))
          .allSatisfy(wrong -> assertThat(answer.path(wrong).asLong(-1)).as(wrong).isZero());
      assertThat(answer.path("decode").asText()).isEqualTo("mixed");
      assertThat(answer.path("gaps")).isEqualTo(answer.path("trims"));
      assertThat(answer.path("fsckSound").asBoolean()).isTrue();
      assertThat(answer.path("records").asLong()).isGreaterThan(2_000);
      assertThat(answer.path("kills").asLong() + answer.path("pauses").asLong())
          .isGreaterThanOrEqualTo(5);
      assertThat(dir.resolve("torture/journal.log")).isRegularFile();
      assertThat(Files.readString(dir.resolve("torture/journal.log"))).contains("kill -9 w");
    }
  }

  @Test
  void anActThatDoesNotExistIsAMistakeOfUsage() {
    try (ChildProcess torture = Program.LOCAL.start(dir, "torture", "--without", "tickling")) {
      assertThat(torture.exitCodeWithin(PATIENCE)).isEqualTo(2);

      assertThat(torture.err())
          .contains("--without knows no 'tickling'; there are kill, replace, pause, long-pause,");
    }
  }
}
