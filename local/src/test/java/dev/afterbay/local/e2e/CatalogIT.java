package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.athena.AthenaServer;
import dev.afterbay.local.athena.SqlResult;
import dev.afterbay.local.awsjson.StandInClients;
import dev.afterbay.local.glue.GlueServer;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

/** Workers that keep a catalog. */
class CatalogIT {
  private static final String DATABASE = "catalogued";
  private static final String ORDERS =
      """
      entities:
        - { name: orders, match: { PK: "USER#{user_id}" }, columns: { Total: "decimal(8,2)" } }
      """;

  @TempDir static Path dir;

  private static Stage stage;

  private GlueServer glue;
  private AthenaServer athena;
  private GlueClient client;

  /** How many statements have yet to look for their view before the first one may make its own. */
  private CountDownLatch looks = new CountDownLatch(0);

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @BeforeEach
  void anEmptyCatalog() {
    glue = GlueServer.start(0);
    client = StandInClients.client(GlueClient.builder(), glue.endpoint());
    athena = AthenaServer.start(0, this::makeView);
  }

  @AfterEach
  void closeTheCatalog() {
    athena.close();
    client.close();
    glue.close();
  }

  /** What Athena does in the catalog when a view is made. */
  private SqlResult makeView(String database, String sql) throws InterruptedException {
    String name = sql.replaceAll("(?s)CREATE OR REPLACE VIEW \"?([a-z0-9_]+).*", "$1");
    boolean isThere = tables().containsKey(name);
    looks.countDown();
    looks.await(10, TimeUnit.SECONDS);
    if (!isThere) {
      client.createTable(
          request ->
              request
                  .databaseName(database)
                  .tableInput(table -> table.name(name).tableType("VIRTUAL_VIEW")));
    }
    return SqlResult.NOTHING;
  }

  @Test
  void twoWorkersRegisterTheTablesAndWhatTheyGrow() {
    TableName table = stage.table();
    Setup setup = catalogued(stage.setup(table).with(ORDERS));
    String changes = table.folder() + "_changes";
    looks = new CountDownLatch(2);
    try (ChildProcess one = setup.run("one");
        ChildProcess two = setup.run("two")) {
      await("tables and views")
          .atMost(Setup.PATIENCE)
          .until(() -> tables().containsKey("orders_current") && athena.queries().size() >= 9);
      assertThat(looks.getCount()).as("statements that met").isZero();
      assertThat(columns("orders")).contains("user_id string", "total decimal(8,2)");
      assertThat(tables()).containsKeys(changes, changes + "_current", "orders_history");
      await("the digest of the first views")
          .atMost(Setup.PATIENCE)
          .until(() -> viewDigest(changes).isPresent());
      Optional<String> first = viewDigest(changes);
      put(table, "1", Map.of("Total", AttributeValue.fromN("1.5")));
      put(table, "2", Map.of("Color", AttributeValue.fromS("red")));

      await("the new column")
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                put(table, "3", Map.of("Color", AttributeValue.fromS("blue")));
                return columns("orders").contains("color string");
              });
      setup.awaitAll(one, two);
      await("the digest of the views with that column")
          .atMost(Setup.PATIENCE)
          .until(() -> !viewDigest(changes).equals(first));
      assertThat(one.stop()).as(one.err()).isZero();
      assertThat(two.stop()).as(two.err()).isZero();
    }
    assertThat(client.getTable(r -> r.databaseName(DATABASE).name("orders")).table().parameters())
        .containsEntry("afterbay.lake", "s3://afterbay/" + setup.name());

    glue.calls().clear();
    int asked = athena.queries().size();
    try (ChildProcess again = setup.run("one")) {
      await("the listing").atMost(Setup.PATIENCE).until(() -> glue.calls().count("GetTables") > 0);
      await().pollDelay(Duration.ofSeconds(2)).until(again::alive);
      assertThat(glue.calls().names()).containsOnly("GetTables");
      assertThat(athena.queries()).hasSize(asked);
      assertThat(again.stop()).as(again.err()).isZero();
    }
  }

  @Test
  void aTableThatSomebodyElseMadeIsLeftAlone() {
    TableName table = stage.table();
    Setup setup = catalogued(stage.setup(table));
    String taken = table.folder() + "_changes";
    client.createDatabase(r -> r.databaseInput(database -> database.name(DATABASE)));
    client.createTable(r -> r.databaseName(DATABASE).tableInput(foreign -> foreign.name(taken)));

    Setup.Finished run = setup.command("run");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("afterbay: ")
        .contains("'" + taken + "'", "'" + DATABASE + "'", "catalog: none");
    assertThat(tables()).containsOnlyKeys(taken);
    assertThat(setup.lake().log(table)).isEmpty();
  }

  @Test
  void aDeniedCallIsNamedWithThePolicyThatItNeeds() {
    Setup setup = catalogued(stage.setup(stage.table()));
    glue.refuse("GetTables", "AccessDeniedException", "not authorized to perform: glue:GetTables");

    Setup.Finished run = setup.command("run");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("afterbay: ").contains("glue:GetTables");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  @TakesLong
  void aCatalogThatIsDownDoesNotHoldUpTheStream() {
    TableName table = stage.table();
    Setup setup = catalogued(stage.setup(table));
    glue.refuse("GetTables", "InternalServiceException", "try again");
    put(table, "1", Map.of());
    try (ChildProcess worker = setup.run("one")) {
      setup.awaitAll(worker);
      glue.allow("GetTables");

      await("the table")
          .atMost(Setup.PATIENCE)
          .until(() -> tables().containsKey(table.folder() + "_changes"));
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  @Test
  void ddlPrintsWhatTheWorkerRegisters() throws Exception {
    TableName table = stage.table();
    Setup setup = catalogued(stage.setup(table).with(ORDERS));
    Path out = dir.resolve("ddl-" + setup.name());

    String printed = setup.printed("ddl");
    setup.printed("ddl", "--out", out.toString());

    assertThat(printed)
        .startsWith("CREATE DATABASE IF NOT EXISTS catalogued;\n")
        .contains("CREATE EXTERNAL TABLE IF NOT EXISTS orders (", "total decimal(8,2)")
        .doesNotContain("VIEW")
        .contains("LOCATION 's3://afterbay/" + setup.name() + "/" + table.folder() + "/orders/'");
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> out.relativize(file).toString()))
          .contains(
              "database.sql",
              "tables/orders.sql",
              "views/orders_current.sql",
              "queries/orders_as_of.sql");
    }
  }

  private Setup catalogued(Setup setup) {
    return setup.edited(
        "endpoints:\n",
        "catalog: { database: %s }\nendpoints:\n  glue: %s\n  athena: %s\n"
            .formatted(DATABASE, glue.endpoint(), athena.endpoint()));
  }

  private Map<String, Table> tables() {
    return client.getDatabases(r -> {}).databaseList().isEmpty()
        ? Map.of()
        : client.getTablesPaginator(r -> r.databaseName(DATABASE)).stream()
            .flatMap(page -> page.tableList().stream())
            .collect(Collectors.toMap(Table::name, table -> table, (a, b) -> b, TreeMap::new));
  }

  private List<String> columns(String table) {
    Table found = tables().get(table);
    return found == null
        ? List.of()
        : found.storageDescriptor().columns().stream().map(CatalogIT::text).toList();
  }

  /** Of the views that were all made; a worker that stops before that leaves them to the next. */
  private Optional<String> viewDigest(String changes) {
    return Optional.ofNullable(tables().get(changes))
        .map(table -> table.parameters().get("afterbay.views"));
  }

  private static String text(Column column) {
    return column.name() + " " + column.type();
  }

  private static void put(TableName table, String order, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new TreeMap<>(attributes);
    item.put("PK", AttributeValue.fromS("USER#u1"));
    item.put("SK", AttributeValue.fromS("ORDER#" + order + "-" + System.nanoTime()));
    stage.clients().tables().putItem(r -> r.tableName(table.value()).item(item));
  }
}
