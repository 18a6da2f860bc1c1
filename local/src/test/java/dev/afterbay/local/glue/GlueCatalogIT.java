package dev.afterbay.local.glue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.awsjson.StandInClients;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.tocatalog.Catalog;
import dev.afterbay.sinks.tocatalog.CatalogContract;
import dev.afterbay.sinks.tocatalog.GlueCatalog;
import dev.afterbay.sinks.tocatalog.Registration;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import dev.afterbay.transforms.typed.EntitySchema;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;

/** The adapter of Glue over HTTP, and workers that meet in it. */
class GlueCatalogIT extends CatalogContract {
  private static final EntitySchema FIRST =
      EntitySchema.first("orders", List.of(column("declared")));

  private static GlueServer glue;
  private static GlueClient client;

  @BeforeAll
  static void start() {
    glue = GlueServer.start(0);
    client = StandInClients.client(GlueClient.builder(), glue.endpoint());
  }

  @AfterAll
  static void stop() {
    client.close();
    glue.close();
  }

  @Override
  protected Catalog catalog() {
    return new GlueCatalog(client);
  }

  @Test
  void twoWorkersThatStartAtOnceMakeEachTableOnce() {
    glue.before(
        "CreateDatabase", () -> worker("at_once").register(() -> wanted(FIRST)).tablesCreated());

    worker("at_once").register(() -> wanted(FIRST));

    assertThat(columns("at_once")).contains("declared").doesNotHaveDuplicates();
  }

  @Test
  void twoWorkersThatGrowDifferentColumnsAtOnceBothHaveThem() {
    worker("growing").register(() -> wanted(FIRST));
    glue.before(
        "UpdateTable",
        () -> worker("growing").register(() -> wanted(FIRST.plus(List.of(column("theirs"))))));
    glue.calls().clear();

    worker("growing").register(() -> wanted(FIRST.plus(List.of(column("ours")))));

    // Each worker's column comes to the table and to its snapshots.
    assertThat(glue.calls().count("UpdateTable")).as("one of them in vain").isEqualTo(2 + 3);
    assertThat(columns("growing")).contains("declared", "ours", "theirs");
  }

  private static Registration worker(String database) {
    return new Registration(new GlueCatalog(client), database, Optional.empty());
  }

  private static List<SitedCatalog> wanted(EntitySchema schema) {
    return List.of(
        new SitedCatalog(
            SourceCatalog.of(
                new TableName("Shop"), List.of(new KeyAttribute("PK", KeyType.S)), List.of(schema)),
            new Site("s3://bucket/lake", LocalDate.of(2026, 11, 1))));
  }

  private static List<String> columns(String database) {
    return client
        .getTable(r -> r.databaseName(database).name("orders"))
        .table()
        .storageDescriptor()
        .columns()
        .stream()
        .map(software.amazon.awssdk.services.glue.model.Column::name)
        .toList();
  }

  private static Column column(String name) {
    return Column.of(name, ColumnType.parse("string"));
  }
}
