package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.tocatalog.CatalogEntry.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

class GlueCatalogTest extends CatalogContract {
  private static final TableDefinition ORDERS =
      new TableDefinition(
          "orders",
          "All orders",
          "s3://bucket/lake/shop/orders/",
          Format.PARQUET,
          List.of(new TableColumn("id", "string", "Which one")),
          List.of(new TableColumn("dt", "string", "Day")),
          Map.of("EXTERNAL", "TRUE"));

  private final FakeGlue glue = new FakeGlue();
  private final GlueCatalog catalog = new GlueCatalog(glue);

  @Override
  protected Catalog catalog() {
    return catalog;
  }

  @Test
  void aTableOfParquetFilesIsSpelledAsHiveDoes() {
    catalog.createDatabase("shop");

    catalog.create("shop", ORDERS);

    Table table = glue.table("shop", "orders");
    assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
    assertThat(table.storageDescriptor().inputFormat())
        .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat");
    assertThat(table.storageDescriptor().outputFormat())
        .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
    assertThat(table.storageDescriptor().serdeInfo().serializationLibrary())
        .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
    assertThat(table.storageDescriptor().serdeInfo().parameters())
        .containsExactly(Map.entry("serialization.format", "1"));
  }

  @Test
  void anUpdateKeepsWhatOthersHaveNotedAndArchivesNothing() {
    catalog.createDatabase("shop");
    catalog.create("shop", ORDERS);
    glue.change(
        "shop",
        "orders",
        table ->
            table.toBuilder()
                .owner("finance")
                .retention(7)
                .storageDescriptor(
                    table.storageDescriptor().toBuilder()
                        .parameters(Map.of("CrawlerSchemaSerializerVersion", "1.0"))
                        .columns(
                            Column.builder()
                                .name("id")
                                .type("string")
                                .parameters(Map.of("pii", "no"))
                                .build())
                        .build())
                .build());
    CatalogEntry now = catalog.find("shop", "orders").orElseThrow();

    catalog.update("shop", ORDERS.with("more", "yes"), now.version());

    assertThat(glue.updates())
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.skipArchive()).isTrue();
              assertThat(update.versionId()).isEqualTo(now.version());
              TableInput input = update.tableInput();
              assertThat(input.owner()).isEqualTo("finance");
              assertThat(input.retention()).isEqualTo(7);
              assertThat(input.parameters()).containsEntry("more", "yes");
              assertThat(input.storageDescriptor().parameters())
                  .containsEntry("CrawlerSchemaSerializerVersion", "1.0");
              assertThat(input.storageDescriptor().columns())
                  .singleElement()
                  .satisfies(
                      column -> {
                        assertThat(column.parameters()).containsEntry("pii", "no");
                        assertThat(column.comment()).isEqualTo("Which one");
                      });
            });
  }

  @Test
  void aViewIsToldFromATable() {
    catalog.createDatabase("shop");
    catalog.create("shop", ORDERS);
    glue.change("shop", "orders", table -> table.toBuilder().tableType("VIRTUAL_VIEW").build());

    assertThat(catalog.find("shop", "orders").orElseThrow().kind()).isEqualTo(Kind.VIEW);
  }

  @Test
  void aTableWithoutAnythingIsRead() {
    catalog.createDatabase("shop");
    catalog.create("shop", ORDERS);
    glue.change("shop", "orders", table -> Table.builder().name("Orders").versionId("9").build());

    assertThat(catalog.find("shop", "orders"))
        .hasValue(
            new CatalogEntry("orders", Kind.TABLE, "9", "", "", List.of(), List.of(), Map.of()));
  }

  @Test
  void whatIsDeniedIsRefusedWithTheActionAndThePolicy() {
    glue.refuse(
        failure("AccessDeniedException", 400, "User: arn:x is not authorized to perform that"));

    CatalogException denied =
        catchThrowableOfType(CatalogException.class, () -> catalog.create("shop", ORDERS));

    assertThat(denied.kind()).isEqualTo(CatalogException.Kind.REFUSED);
    assertThat(denied)
        .hasMessage(
            "Could not create table 'orders' of database 'shop' in the catalog: access denied"
                + " (User: arn:x is not authorized to perform that); allow the IAM action"
                + " glue:CreateTable to the role of this process, as deploy/pipeline.yaml"
                + " does, or write 'catalog: none'")
        .hasCauseInstanceOf(GlueException.class);
  }

  @Test
  void whatGlueTakesForAMistakeIsRefused() {
    glue.refuse(failure("InvalidInputException", 400, "1 validation error"));

    CatalogException refused =
        catchThrowableOfType(CatalogException.class, () -> catalog.entries("shop"));

    assertThat(refused.kind()).isEqualTo(CatalogException.Kind.REFUSED);
    assertThat(refused)
        .hasMessage(
            "Could not list the tables of database 'shop' in the catalog: 1 validation error;"
                + " write 'catalog: none'");
  }

  @Test
  void whatPassesIsNotRefused() {
    List<RuntimeException> passing =
        List.of(
            failure("ThrottlingException", 400, "Rate exceeded"),
            failure("InternalServiceException", 500, "Oh"),
            failure("OperationTimeoutException", 400, "Late"),
            failure("ExpiredTokenException", 403, "Expired"),
            ApiCallTimeoutException.create(7000));

    for (RuntimeException failure : passing) {
      glue.refuse(failure);

      CatalogException unavailable =
          catchThrowableOfType(CatalogException.class, () -> catalog.find("shop", "orders"));

      assertThat(unavailable.kind()).isEqualTo(CatalogException.Kind.UNAVAILABLE);
      assertThat(unavailable).hasCause(failure);
    }
  }

  private static RuntimeException failure(String code, int status, String message) {
    return GlueException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
