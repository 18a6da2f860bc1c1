package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DemoProcessIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path dir;

  @Test
  void theJsonFormIsOneObjectAndNothingElse() throws IOException {
    try (ChildProcess demo =
        Program.LOCAL.start(dir, "demo", "--seconds", "5", "--dir", dir.toString(), "--json")) {
      assertThat(demo.exitCodeWithin(PATIENCE)).as(demo.err()).isZero();

      assertThat(demo.out().lines()).hasSize(1);
      JsonNode answer = new ObjectMapper().readTree(demo.out());
      assertThat(answer.fieldNames())
          .toIterable()
          .containsExactly(
              "streamRecords", "changeRows", "missing", "duplicates", "secondsToFirstRow", "lake");
      assertThat(answer.path("missing").asLong(-1)).isZero();
      assertThat(answer.path("duplicates").asLong(-1)).isZero();
      assertThat(answer.path("streamRecords").asLong()).isGreaterThan(100);
      assertThat(answer.path("changeRows")).isEqualTo(answer.path("streamRecords"));
      assertThat(answer.path("secondsToFirstRow").asDouble()).isPositive();
      assertThat(Path.of(answer.path("lake").asText())).isDirectory().startsWith(dir);
    }
  }

  @Test
  void theTextFormAnswersQuestionsOnTypedTables() {
    try (ChildProcess demo =
        Program.LOCAL.start(dir, "demo", "--seconds", "1", "--dir", dir.toString())) {
      assertThat(demo.exitCodeWithin(PATIENCE)).as(demo.err()).isZero();

      assertThat(demo.out().lines())
          .contains(
              "Changes by operation",
              "The life of order o1001, in order",
              "What the users who signed up have ordered",
              "The products as they are now",
              "The current tasks of user u123",
              "Sessions that time-to-live removed",
              "The typed tables against the raw changes",
              "Sum check: the streams, read without the worker, against the lake",
              "Audit: the lake against exports of the tables",
              "  missing  {\"PK\":{\"S\":\"USER#boris\"},\"SK\":{\"S\":\"PROFILE\"}}",
              "    repaired 3");
      assertThat(demo.out()).contains(" drift 0 ", " drift 3 ").doesNotContain("EXPECTED");
      assertThat(demo.out())
          .contains(
              " 0 missing, 0 duplicates;",
              "The Parquet files lie under " + dir,
              "./afterbay query --config " + dir);
    }
  }
}
