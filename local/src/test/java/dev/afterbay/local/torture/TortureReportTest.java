package dev.afterbay.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.torture.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TortureReportTest {
  private static final Verdict GOOD = new Verdict(100, 97, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, List.of());
  private static final Verdict BAD =
      new Verdict(100, 99, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of("lost: one"));

  @Test
  void theJsonFormTellsTheVerdictAndWhatWasDone() throws IOException {
    JsonNode json = new ObjectMapper().readTree(TortureReport.json(result(GOOD)));

    assertThat(json.path("holds").asBoolean()).isTrue();
    assertThat(json.path("seed").asLong()).isEqualTo(7);
    assertThat(json.path("acts").path("long-pause").asLong()).isEqualTo(2);
    assertThat(json.path("storeFaults").path("503 before").asLong()).isEqualTo(4);
    assertThat(json.path("kills").asLong()).isEqualTo(5);
    assertThat(json.path("reasons").path(0).path("reason").asText()).isEqualTo("no answer");
    assertThat(json.path("missingInGaps").asLong()).isEqualTo(3);
  }

  @Test
  void theTextFormEndsWithTheVerdict() {
    assertThat(text(result(GOOD)).lines())
        .contains("Workers", "    1x no answer")
        .endsWith("Nothing was lost, doubled or damaged; fsck finds the lake sound. Seed 7.");
  }

  @Test
  void aNegativeVerdictNamesWhereToLook() {
    assertThat(result(BAD).holds()).isFalse();
    assertThat(text(result(BAD)).lines())
        .contains("    lost: one")
        .endsWith("The lake is NOT what was written. Seed 7; everything is kept in there.");
  }

  private static String text(TortureResult result) {
    StringWriter text = new StringWriter();
    TortureReport.print(result, new PrintWriter(text));
    return text.toString();
  }

  private static TortureResult result(Verdict verdict) {
    return new TortureResult(
        new TortureSettings(Duration.ofMinutes(1), 7, 3, 4, 100, Decoding.LEAN, Set.of()),
        Map.of(ActKind.LONG_PAUSE, 2L),
        Map.of("503 before", 4L),
        Map.of("ThrottlingException", 6L),
        new TortureResult.Workers(9, 5, 2, 1, 0, 0),
        Map.of("no answer", 1L),
        true,
        verdict,
        new TortureResult.Fsck(true, 12, 0),
        Path.of("there"));
  }
}
