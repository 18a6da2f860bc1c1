package dev.afterbay.local.athena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.image.Item;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checked-in questions, asked of a month by {@code afterbay query}. */
class QuestionsTest {
  @TempDir static Path dir;

  private static MonthLake month;
  private static DuckSql duck;

  @BeforeAll
  static void aMonth() {
    MemoryObjectStore store = new MemoryObjectStore();
    Lake lake = new Lake("lake");
    month = MonthLake.write(store, lake, Questions.FIRST, 30, 7, dir.resolve("scratch"));
    duck = new DuckSql(store, lake, dir.resolve("cache"));
  }

  @AfterAll
  static void close() {
    duck.close();
  }

  static Stream<String> questions() {
    return Questions.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void everyQuestionSaysWhatItScansAndHasAnAnswer(String name) {
    String sql = Questions.all().getOrDefault(name, "");

    assertThat(sql).startsWith("-- ").contains("\n-- Scans: ");
    assertThat(duck.ask(sql)).isNotEmpty();
  }

  @Test
  void theRevenueAtAMidnightIsThatOfTheModel() {
    Map<String, BigDecimal> expected = new TreeMap<>();
    for (Item order :
        month.shop().at(Instant.parse("2026-11-11T00:00:00Z"), History.sortKey("ORDER#"))) {
      expected.merge(
          History.text(order, "Status"),
          new BigDecimal(History.text(order, "Total")),
          BigDecimal::add);
    }

    Map<String, BigDecimal> answered =
        ask("daily-revenue-by-status").stream()
            .filter(row -> "2026-11-11".equals(row.get("day")))
            .collect(
                Collectors.toMap(
                    row -> row.getOrDefault("status", ""),
                    row -> new BigDecimal(row.getOrDefault("revenue", "")).stripTrailingZeros(),
                    BigDecimal::add,
                    TreeMap::new));

    expected.replaceAll((status, sum) -> sum.stripTrailingZeros());
    assertThat(answered).isEqualTo(expected);
  }

  @Test
  void theStatusesOfAnOrderAreThoseOfTheModel() {
    List<String> expected = new ArrayList<>();
    for (ChangeEvent event :
        month
            .shop()
            .changes(
                keys ->
                    History.text(keys, "PK").equals("USER#u0")
                        && History.text(keys, "SK").equals("ORDER#o40"))) {
      if (event.operation() != Operation.REMOVE && event.newImage() != null) {
        expected.add(History.text(event.newImage().item(), "Status"));
      }
    }

    assertThat(ask("attribute-history-of-a-key"))
        .extracting(row -> row.get("status"))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void openTasksAreThoseOfTheModel() {
    long open =
        month.tasks().at(Instant.MAX, History.sortKey("TASK#")).stream()
            .filter(task -> History.text(task, "Status").equals("OPEN"))
            .count();

    assertThat(
            ask("users-with-open-tasks").stream()
                .mapToLong(row -> Long.parseLong(row.getOrDefault("open_tasks", "0")))
                .sum())
        .isEqualTo(open);
  }

  @Test
  void whatTtlRemovedIsThatOfTheModel() {
    Map<String, Integer> expected = new TreeMap<>();
    for (ChangeEvent event : month.tasks().changes(History.sortKey("SESSION#"))) {
      String day = event.approximateCreation().toString().substring(0, 10);
      if (event.removedByTtl()
          && day.compareTo("2026-11-01") >= 0
          && day.compareTo("2026-11-14") <= 0) {
        expected.merge(day, 1, Integer::sum);
      }
    }

    assertThat(expected).isNotEmpty();
    assertThat(ask("removed-by-ttl-per-day"))
        .isEqualTo(
            expected.entrySet().stream()
                .map(
                    day ->
                        Map.of(
                            "dt",
                            day.getKey(),
                            "by_ttl",
                            day.getValue().toString(),
                            "by_delete",
                            "0"))
                .toList());
  }

  @Test
  void theDifferencesBetweenTwoMidnightsAreThoseOfTheModel() {
    Instant before = Instant.parse("2026-11-07T23:59:59Z");
    Instant after = Instant.parse("2026-11-14T23:59:59Z");
    Map<String, Integer> expected = new TreeMap<>();
    for (String key : month.shop().keys(History.sortKey("ORDER#"))) {
      Item was = month.shop().at(key, before).orElse(null);
      Item is = month.shop().at(key, after).orElse(null);
      if (was == null && is != null) {
        expected.merge("added", 1, Integer::sum);
      } else if (was != null && is == null) {
        expected.merge("removed", 1, Integer::sum);
      } else if (was != null && !was.equals(is)) {
        expected.merge("changed", 1, Integer::sum);
      }
    }

    assertThat(ask("changed-between-two-moments").stream())
        .containsExactlyElementsOf(
            expected.entrySet().stream()
                .map(
                    entry ->
                        Map.of("difference", entry.getKey(), "orders", entry.getValue().toString()))
                .toList());
  }

  private static List<Map<String, String>> ask(String name) {
    return duck.ask(Questions.all().getOrDefault(name, ""));
  }
}
