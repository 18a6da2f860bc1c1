package dev.afterbay.local.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.afterbay.local.awsjson.StandInClients;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

class GlueServerIT {
  private static final TemporalUnitOffset ABOUT = within(1, ChronoUnit.MINUTES);
  private static final TableInput TABLE =
      TableInput.builder()
          .name("t")
          .tableType("EXTERNAL_TABLE")
          .parameters(Map.of("projection.enabled", "true"))
          .partitionKeys(
              Column.builder().name("dt").type("string").build(),
              Column.builder().name("hh").type("string").build())
          .storageDescriptor(
              d ->
                  d.columns(Column.builder().name("PK").type("string").comment("the key").build())
                      .location("s3://afterbay/lake/t/changes/")
                      .serdeInfo(
                          s ->
                              s.serializationLibrary(
                                      "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")
                                  .parameters(Map.of("serialization.format", "1"))))
          .build();

  private GlueServer server;
  private GlueClient glue;

  @BeforeEach
  void start() {
    server = GlueServer.start(0);
    glue = StandInClients.client(GlueClient.builder(), server.endpoint());
    glue.createDatabase(r -> r.databaseInput(d -> d.name("Lake").description("history")));
  }

  @AfterEach
  void stop() {
    glue.close();
    server.close();
  }

  @Test
  void aDatabaseIsFoundUnderItsNameInLowerCase() {
    Database lake = glue.getDatabase(r -> r.name("LAKE")).database();

    assertThat(lake.name()).isEqualTo("lake");
    assertThat(lake.description()).isEqualTo("history");
    assertThat(lake.createTime()).isCloseTo(Instant.now(), ABOUT);
    assertThat(glue.getDatabases(r -> {}).databaseList()).containsExactly(lake);
    assertThatThrownBy(() -> glue.createDatabase(r -> r.databaseInput(d -> d.name("lake"))))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("Database already exists.");
    assertThatThrownBy(() -> glue.getDatabase(r -> r.name("sea")))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Database sea not found.");
  }

  @Test
  void aTableIsReadAsItWasDefined() {
    TableInput input = TABLE.toBuilder().name("Orders_Changes").build();
    create(input);

    Table table = table("ORDERS_changes");

    assertThat(table.name()).isEqualTo("orders_changes");
    assertThat(table.databaseName()).isEqualTo("lake");
    assertThat(table.versionId()).isEqualTo("0");
    assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
    assertThat(table.parameters()).isEqualTo(input.parameters());
    assertThat(table.partitionKeys()).isEqualTo(input.partitionKeys());
    assertThat(table.storageDescriptor().columns()).isEqualTo(input.storageDescriptor().columns());
    assertThat(table.storageDescriptor().serdeInfo())
        .isEqualTo(input.storageDescriptor().serdeInfo());
    assertThat(table.createTime()).isCloseTo(Instant.now(), ABOUT);
    assertThat(table.updateTime()).isEqualTo(table.createTime());
  }

  @Test
  void theCatalogAddsWhatWasLeftOutOfADefinition() {
    create(TABLE);

    Table table = table("t");

    assertThat(table.retention()).isZero();
    assertThat(table.catalogId()).isEqualTo("000000000000");
    assertThat(table.isRegisteredWithLakeFormation()).isFalse();
    assertThat(table.storageDescriptor().compressed()).isFalse();
    assertThat(table.storageDescriptor().numberOfBuckets()).isZero();
    assertThat(table.storageDescriptor().hasSortColumns()).isTrue();
    assertThat(table.storageDescriptor().storedAsSubDirectories()).isFalse();
  }

  @Test
  void eachUpdateRaisesTheVersionByOne() {
    create(TABLE);
    Instant created = table("t").createTime();
    update(TABLE.toBuilder().description("second").build(), "0");
    glue.updateTable(
        r -> r.databaseName("lake").tableInput(TABLE.toBuilder().description("third").build()));

    assertThat(table("t").versionId()).isEqualTo("2");
    assertThat(table("t").description()).isEqualTo("third");
    assertThat(table("t").createTime()).isEqualTo(created);
  }

  @Test
  void anUpdateOfAnOldVersionIsRefused() {
    create(TABLE);
    update(TABLE, "0");

    assertThatThrownBy(() -> update(TABLE.toBuilder().description("late").build(), "0"))
        .isInstanceOf(ConcurrentModificationException.class)
        .hasMessageContaining("concurrent modifications");
    assertThat(table("t").versionId()).isEqualTo("1");
    assertThat(table("t").description()).isNull();
  }

  @Test
  void aSkippedArchiveKeepsNoOldVersion() {
    create(TABLE);
    glue.updateTable(r -> r.databaseName("lake").tableInput(TABLE).skipArchive(true));
    glue.updateTable(r -> r.databaseName("lake").tableInput(TABLE).skipArchive(false));

    assertThat(glue.getTableVersions(r -> r.databaseName("lake").tableName("t")).tableVersions())
        .extracting(v -> v.versionId())
        .containsExactly("2", "1");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> table("none"))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Table none not found.");
    assertThatThrownBy(() -> update(TABLE, "0")).isInstanceOf(EntityNotFoundException.class);
    assertThatThrownBy(() -> glue.deleteTable(r -> r.databaseName("lake").name("t")))
        .isInstanceOf(EntityNotFoundException.class);
    assertThatThrownBy(() -> glue.createTable(r -> r.databaseName("sea").tableInput(TABLE)))
        .isInstanceOf(EntityNotFoundException.class);
  }

  @Test
  void whatIsThereIsNotCreatedAgain() {
    create(TABLE);

    assertThatThrownBy(() -> create(TABLE.toBuilder().name("T").build()))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("Table already exists.");
  }

  @Test
  void aDeletedTableBeginsAnewWhenItIsCreatedAgain() {
    create(TABLE);
    update(TABLE, "0");
    glue.deleteTable(r -> r.databaseName("lake").name("T"));
    create(TABLE);

    assertThat(table("t").versionId()).isEqualTo("0");
  }

  @Test
  void aLongListOfTablesComesInPages() {
    IntStream.range(0, 5).forEach(i -> create(TABLE.toBuilder().name("t" + i).build()));

    GetTablesResponse first = glue.getTables(r -> r.databaseName("lake").maxResults(2));
    List<String> all =
        glue.getTablesPaginator(r -> r.databaseName("lake").maxResults(2).expression("*")).stream()
            .flatMap(page -> page.tableList().stream())
            .map(Table::name)
            .toList();

    assertThat(first.tableList()).hasSize(2);
    assertThat(first.nextToken()).isNotNull();
    assertThat(all).containsExactly("t0", "t1", "t2", "t3", "t4");
    assertThat(server.calls().count("GetTables")).isEqualTo(4);
    assertThatThrownBy(() -> glue.getTables(r -> r.databaseName("lake").maxResults(101)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("MaxResults is 101");
  }

  @Test
  void whatIsMissingFromARequestIsNamed() {
    assertThatThrownBy(() -> glue.createTable(r -> r.databaseName("lake")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("TableInput is missing");
    assertThatThrownBy(() -> create(TABLE.toBuilder().name(null).build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Name is missing");
  }

  @Test
  void noPartitionIsRegistered() {
    create(TABLE);

    assertThat(glue.getPartitions(r -> r.databaseName("lake").tableName("t")).partitions())
        .isEmpty();
    assertThat(
            glue.batchGetPartition(
                    r ->
                        r.databaseName("lake")
                            .tableName("t")
                            .partitionsToGet(
                                PartitionValueList.builder().values("2026-10-01", "00").build()))
                .partitions())
        .isEmpty();
    assertThatThrownBy(
            () ->
                glue.getPartition(
                    r -> r.databaseName("lake").tableName("t").partitionValues("2026-10-01", "00")))
        .isInstanceOf(EntityNotFoundException.class);
    assertThat(
            glue.getColumnStatisticsForTable(
                    r -> r.databaseName("lake").tableName("t").columnNames("pk"))
                .columnStatisticsList())
        .isEmpty();
    assertThat(
            glue.getUserDefinedFunctions(r -> r.databaseName("lake").pattern("*"))
                .userDefinedFunctions())
        .isEmpty();
  }

  @Test
  void callsAreRememberedInTheirOrder() {
    server.calls().clear();
    create(TABLE);
    table("t");
    table("t");

    assertThat(server.calls().names()).containsExactly("CreateTable", "GetTable", "GetTable");
    assertThat(server.calls().count("GetTable")).isEqualTo(2);
    assertThat(server.calls().count("UpdateTable")).isZero();
  }

  @Test
  void anActBeforeACallForcesAVersionConflictOnce() {
    create(TABLE);
    server.before("UpdateTable", () -> update(TABLE.toBuilder().owner("other").build(), "0"));

    assertThatThrownBy(() -> update(TABLE.toBuilder().owner("me").build(), "0"))
        .isInstanceOf(ConcurrentModificationException.class);
    assertThat(table("t").owner()).isEqualTo("other");
    update(TABLE.toBuilder().owner("me").build(), "1");
    assertThat(table("t").owner()).isEqualTo("me");
  }

  @Test
  void aRefusedOperationIsRefusedUntilItIsAllowed() {
    server.refuse("CreateTable", "AccessDeniedException", "not authorized: glue:CreateTable");

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> create(TABLE))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("not authorized: glue:CreateTable");
    }
    server.allow("CreateTable");
    create(TABLE);
    assertThat(table("t").versionId()).isEqualTo("0");
  }

  @Test
  void anUnknownOperationIsRefusedAndRemembered() {
    server.calls().clear();

    assertThatThrownBy(() -> glue.getCrawlers(r -> {}))
        .isInstanceOfSatisfying(
            GlueException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
            })
        .hasMessageContaining("GetCrawlers is not among the calls that are answered");
    assertThat(server.calls().names()).containsExactly("GetCrawlers");
  }

  private void create(TableInput input) {
    glue.createTable(r -> r.databaseName("lake").tableInput(input));
  }

  private void update(TableInput input, String version) {
    glue.updateTable(r -> r.databaseName("Lake").tableInput(input).versionId(version));
  }

  private Table table(String name) {
    return glue.getTable(r -> r.databaseName("lake").name(name)).table();
  }
}
