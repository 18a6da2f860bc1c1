package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.workload.GeneratedLoad;
import dev.afterbay.local.workload.Replay;
import dev.afterbay.local.workload.Scenario;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is proposed for the tables of the demo, from a lake and from the tables themselves. */
@TakesLong
class DiscoverIT {
  private static final TableName SHOP = new TableName("E-commerce-Data");
  private static final TableName TASKS = new TableName("TaskApp");
  private static final String MIRRORED = "PK LIKE 'PRODUCT#%' AND SK LIKE 'USER#%'";

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
    Replay replay = new Replay(stage.clients().tables());
    for (Scenario scenario :
        List.of(
            Scenario.eCommerce(InstantSource.system()), Scenario.taskApp(InstantSource.system()))) {
      replay.createTable(scenario);
      replay.play(scenario, done -> {});
    }
    new GeneratedLoad(SHOP.value(), 11, 2, 200, Duration.ofSeconds(2))
        .run(stage.clients().tables(), done -> {});
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void theProposedConfigurationUsedUnchangedRoutesEveryItem() throws Exception {
    Setup raw = stage.setup(SHOP, TASKS);
    String ofTables = raw.printed("discover", "--source");
    try (ChildProcess worker = raw.run("one")) {
      raw.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    String ofLake = raw.printed("discover");

    // The same from the start, in a lake of its own.
    Setup typed =
        new Setup(
            stage,
            "discovered",
            raw.tables(),
            stage.write(ofLake.replace(raw.name(), "discovered")));
    try (ChildProcess worker = typed.run("one")) {
      typed.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    typed.assertExact();

    assertThat(names(ofLake))
        .containsExactlyInAnyOrder(
            "user_profiles",
            "products",
            "user_products",
            "product_users",
            "orders",
            "task_app_user_profiles",
            "sessions",
            "tasks");
    assertThat(names(ofTables)).contains("orders", "products", "tasks", "user_profiles");
    JsonNode tables = json(typed.printed("status", "--json")).path("tables");
    assertThat(tables).hasSize(2);
    tables.forEach(table -> assertThat(table.path("unrouted")).as("%s", table).isEmpty());
    assertThat(tables.path(0).path("extra"))
        .extracting(extra -> extra.path("reason").asText())
        .containsOnly("NULL");
    JsonNode rows =
        json(typed.printed(
                "query",
                "--format",
                "json",
                "SELECT "
                    + sum("orders", "products", "user_profiles", "user_products")
                    + " AS shop, "
                    + sum("(FROM e_commerce_data_changes WHERE NOT (" + MIRRORED + "))")
                    + " AS raw_shop, "
                    + sum("tasks", "sessions", "task_app_user_profiles")
                    + " AS tasks, "
                    + sum("task_app_changes")
                    + " AS raw_tasks"))
            .path(0);
    assertThat(rows.path("shop").asLong()).isPositive().isEqualTo(rows.path("raw_shop").asLong());
    assertThat(rows.path("tasks").asLong()).isPositive().isEqualTo(rows.path("raw_tasks").asLong());
  }

  private static String sum(String... relations) {
    return Stream.of(relations)
        .map(relation -> "(SELECT count(*) FROM " + relation + ")")
        .collect(Collectors.joining(" + "));
  }

  private static List<String> names(String configuration) {
    List<String> names = new ArrayList<>();
    configuration
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("- name: ") && line.contains(" # "))
        .forEach(line -> names.add(line.substring(8, line.indexOf(' ', 8))));
    return names;
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
