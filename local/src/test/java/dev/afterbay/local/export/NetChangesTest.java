package dev.afterbay.local.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetChangesTest {
  private static final Instant FROM = Instant.ofEpochSecond(1_700_000_000);
  private static final Instant TO = FROM.plusSeconds(900);

  private final List<PastChange> history = new ArrayList<>();

  @Test
  void aLineOfAStateIsSpelledAsInTheDeveloperGuide() {
    write(-1, "a", null, "1");

    assertThat(texts(NetChanges.stateAt(history, FROM)))
        .containsExactly("{\"Item\":{\"PK\":{\"S\":\"a\"},\"V\":{\"N\":\"1\"}}}");
  }

  @Test
  void aLineOfAWindowIsSpelledAsInTheDeveloperGuide() {
    write(1.5, "a", "1", "2");

    assertThat(texts(NetChanges.between(history, FROM, TO, true)))
        .containsExactly(
            "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1700000001500000\"}},"
                + "\"Keys\":{\"PK\":{\"S\":\"a\"}},"
                + "\"OldImage\":{\"PK\":{\"S\":\"a\"},\"V\":{\"N\":\"1\"}},"
                + "\"NewImage\":{\"PK\":{\"S\":\"a\"},\"V\":{\"N\":\"2\"}}}");
    assertThat(texts(NetChanges.between(history, FROM, TO, false)))
        .containsExactly(
            "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1700000001500000\"}},"
                + "\"Keys\":{\"PK\":{\"S\":\"a\"}},"
                + "\"NewImage\":{\"PK\":{\"S\":\"a\"},\"V\":{\"N\":\"2\"}}}");
  }

  @Test
  void manyWritesOfAnItemAreOneLine() {
    write(1, "a", null, "1");
    write(2, "a", "1", "2");
    write(3, "a", "2", "3");

    assertThat(net(true)).containsExactly("a null 3 1700000003000000");
  }

  @Test
  void anItemThatCameAndWentHasNoLine() {
    write(1, "a", null, "1");
    write(2, "a", "1", null);
    write(3, "b", "1", null);
    write(4, "b", null, "1");

    assertThat(net(true))
        .as("what is as before was written")
        .containsExactly("b 1 1 1700000004000000");
  }

  @Test
  void aRemovalHasNoNewImage() {
    write(1, "a", "1", "2");
    write(2, "a", "2", null);

    assertThat(net(true)).containsExactly("a 1 null 1700000002000000");
    assertThat(net(false)).containsExactly("a null null 1700000002000000");
  }

  @Test
  void theBeginningIsInclusiveAndTheEndIsNot() {
    write(-0.000001, "before", null, "1");
    write(0, "first", null, "1");
    write(899.999999, "last", null, "1");
    write(900, "after", null, "1");

    assertThat(NetChanges.between(history, FROM, TO, true))
        .extracting(line -> line.keys().at("/PK/S").asText())
        .containsExactly("first", "last");
    assertThat(NetChanges.stateAt(history, TO)).hasSize(4);
    assertThat(NetChanges.stateAt(history, FROM)).hasSize(2);
  }

  @Test
  void chainedWindowsLeadFromOneStateToTheNext() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, String> items = new TreeMap<>();
    for (int i = 0; i < 2_000; i++) {
      String key = "k" + random.nextInt(40);
      String value = random.nextInt(3) == 0 ? null : "" + i;
      String before = value == null ? items.remove(key) : items.put(key, value);
      if (before != null || value != null) {
        write(i * 1.7 + 0.5, key, before, value);
      }
    }

    Map<String, String> state = state(NetChanges.stateAt(history, FROM));
    for (int i = 0; i < 4; i++) {
      Instant from = FROM.plusSeconds(900L * i);
      for (ExportLine line : NetChanges.between(history, from, from.plusSeconds(900), true)) {
        String key = line.keys().at("/PK/S").asText();
        JsonNode old = line.json().path("OldImage");
        assertThat(state.get(key))
            .as("seed " + seed)
            .isEqualTo(old.isMissingNode() ? null : old.at("/V/N").asText());
        JsonNode image = line.json().path("NewImage");
        if (image.isMissingNode()) {
          state.remove(key);
        } else {
          state.put(key, image.at("/V/N").asText());
        }
      }
      assertThat(state)
          .as("seed " + seed)
          .isEqualTo(state(NetChanges.stateAt(history, from.plusSeconds(900))))
          .isEqualTo(i == 3 ? items : state);
    }
  }

  @Test
  void aWindowIsBetweenAQuarterOfAnHourAndADayLong() {
    assertThat(new Coverage.Window(FROM, TO, "NEW_IMAGE").until()).isEqualTo(TO);
    for (long seconds : new long[] {-900, 0, 899, 86_401}) {
      assertThatThrownBy(() -> new Coverage.Window(FROM, FROM.plusSeconds(seconds), "NEW_IMAGE"))
          .isInstanceOfSatisfying(
              RefusedExportException.class,
              e -> assertThat(e.type()).isEqualTo("InvalidExportTimeException"))
          .hasMessageContaining("between 15 minutes and 24 hours");
    }
  }

  private List<String> net(boolean oldImages) {
    return NetChanges.between(history, FROM, TO, oldImages).stream()
        .map(
            line ->
                "%s %s %s %s"
                    .formatted(
                        line.keys().at("/PK/S").asText(),
                        value(line.json().path("OldImage")),
                        value(line.json().path("NewImage")),
                        line.json().at("/Metadata/WriteTimestampMicros/N").asText()))
        .toList();
  }

  private static @Nullable String value(JsonNode image) {
    return image.isMissingNode() ? null : image.at("/V/N").asText();
  }

  private static Map<String, String> state(List<ExportLine> lines) {
    Map<String, String> state = new TreeMap<>();
    lines.forEach(
        line -> state.put(line.keys().at("/PK/S").asText(), line.json().at("/Item/V/N").asText()));
    return state;
  }

  private static List<String> texts(List<ExportLine> lines) {
    return lines.stream()
        .map(line -> new String(ExportJson.write(line.json()), StandardCharsets.UTF_8))
        .toList();
  }

  private void write(double seconds, String key, @Nullable String before, @Nullable String after) {
    JsonNode keys = json("{\"PK\":{\"S\":\"%s\"}}".formatted(key));
    long micros = FROM.getEpochSecond() * 1_000_000 + Math.round(seconds * 1e6);
    history.add(new PastChange(micros, keys, image(key, after), image(key, before)));
  }

  private static @Nullable JsonNode image(String key, @Nullable String value) {
    return value == null
        ? null
        : json("{\"PK\":{\"S\":\"%s\"},\"V\":{\"N\":\"%s\"}}".formatted(key, value));
  }

  private static JsonNode json(String text) {
    return ExportJson.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
