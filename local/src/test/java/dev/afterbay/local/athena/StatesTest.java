package dev.afterbay.local.athena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views and prepared queries, as {@code afterbay query} has them. */
class StatesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 20);

  @TempDir static Path dir;

  private static MonthLake month;
  private static DuckSql duck;
  private static States states;

  @BeforeAll
  static void aMonth() {
    MemoryObjectStore store = new MemoryObjectStore();
    Lake lake = new Lake("lake");
    month = MonthLake.write(store, lake, FIRST, 10, 7, dir.resolve("scratch"));
    duck = new DuckSql(store, lake, dir.resolve("cache"));
    states = new States(month, duck);
  }

  @AfterAll
  static void close() {
    duck.close();
  }

  @Test
  void theCurrentItemsAreThoseOfTheModel() {
    states.current();
  }

  @Test
  void theRemovedItemsAreThoseOfTheModel() {
    states.removed();
    assertThat(duck.ask("SELECT DISTINCT cdc_ttl FROM sessions_removed"))
        .containsExactly(Map.of("cdc_ttl", "true"));
  }

  @Test
  void eachVersionIsValidUntilTheNext() {
    states.history();
  }

  @Test
  void anySecondCanBeAskedFor() {
    int compared = states.asOf(100, 5, 11);

    System.out.printf("as of any second, DuckDB: %d pairs of key and second%n", compared);
    assertThat(compared).isEqualTo(500);
  }

  /** In the middle of an hour in which things happen. */
  @Test
  void fromASnapshotTheStatesAreTheSame() {
    MemoryObjectStore store = new MemoryObjectStore();
    Lake lake = new Lake("lake");
    MonthLake exported =
        MonthLake.write(store, lake, FIRST, 10, 7, dir.resolve("exported"))
            .snapshot(Instant.parse("2026-10-24T17:30:00Z"));
    try (DuckSql asked = new DuckSql(store, lake, dir.resolve("exported-cache"))) {
      States same = new States(exported, asked);

      same.current();
      same.removed();
      same.history();
      assertThat(same.asOf(50, 5, 11)).isEqualTo(250);
      assertThat(asked.ask("SELECT DISTINCT snapshot FROM orders_snapshots"))
          .containsExactly(Map.of("snapshot", "20261024T173000Z"));
    }
  }

  @Test
  void theRawChangesHaveTheSameViews() {
    assertThat(duck.ask("SELECT count(*) AS n FROM e_commerce_data_changes_current"))
        .isEqualTo(
            List.of(
                Map.of("n", Integer.toString(month.shop().at(Instant.MAX, keys -> true).size()))));
  }

  @Test
  void theCommitsTellHowFarTheTableIsComplete() {
    assertThat(
            duck.ask(
                "SELECT count(*) AS commits, sum(records) AS records FROM e_commerce_data_commits"))
        .isEqualTo(
            List.of(
                Map.of(
                    "commits",
                    "20",
                    "records",
                    Integer.toString(month.shop().changes(keys -> true).size()))));
    Map<String, String> complete = duck.ask("SELECT * FROM e_commerce_data_completeness").get(0);
    String last =
        month.shop().changes(keys -> true).stream()
            .map(ChangeEvent::approximateCreation)
            .max(Comparator.naturalOrder())
            .orElseThrow()
            .toString();
    assertThat(complete)
        .containsEntry("source_table", "E-commerce-Data")
        .containsEntry("complete_at", last.replace('T', ' ').replace("Z", ""))
        .containsEntry("open_shards", "1")
        .containsEntry("gaps", "0");
  }
}
