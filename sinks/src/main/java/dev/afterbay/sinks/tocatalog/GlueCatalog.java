package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.tocatalog.CatalogException.Kind;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.VersionMismatchException;

/** The catalog of one account and region, in Glue. Closing the client is up to its owner. */
public final class GlueCatalog implements Catalog {
  private final GlueClient glue;
  private final SdkFailures failures = new SdkFailures("glue", "write 'catalog: none'");

  /** The catalog that a client sees. */
  public GlueCatalog(GlueClient glue) {
    this.glue = glue;
  }

  @Override
  public Optional<List<CatalogEntry>> entries(String database) {
    try {
      return Optional.of(
          glue.getTablesPaginator(list -> list.databaseName(database)).stream()
              .flatMap(page -> page.tableList().stream())
              .map(GlueTables::entry)
              .toList());
    } catch (EntityNotFoundException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failures.translated(
          "list the tables of database '" + database + "' in the catalog", "GetTables", e);
    }
  }

  @Override
  public Optional<CatalogEntry> find(String database, String name) {
    return table(database, name).map(GlueTables::entry);
  }

  @Override
  public void createDatabase(String database) {
    try {
      glue.createDatabase(
          create ->
              create.databaseInput(
                  input ->
                      input
                          .name(database)
                          .description("History of DynamoDB tables, kept by Afterbay")));
    } catch (AlreadyExistsException e) {
      // Another worker was faster: as good.
      return;
    } catch (SdkException e) {
      throw failures.translated(
          "create database '" + database + "' in the catalog", "CreateDatabase", e);
    }
  }

  @Override
  public CreateAnswer create(String database, TableDefinition table) {
    try {
      glue.createTable(create -> create.databaseName(database).tableInput(GlueTables.input(table)));
      return CreateAnswer.CREATED;
    } catch (AlreadyExistsException e) {
      return CreateAnswer.OCCUPIED;
    } catch (EntityNotFoundException e) {
      throw new CatalogException(
          Kind.UNAVAILABLE, "Database '" + database + "' has vanished from the catalog", e);
    } catch (SdkException e) {
      throw failures.translated("create " + called(database, table.name()), "CreateTable", e);
    }
  }

  @Override
  public UpdateAnswer update(String database, TableDefinition table, String version) {
    // An update replaces the whole table: what the definition does not tell is taken from there.
    Optional<Table> now =
        table(database, table.name()).filter(found -> version.equals(found.versionId()));
    if (now.isEmpty()) {
      return UpdateAnswer.OUTRUN;
    }
    try {
      glue.updateTable(
          update ->
              update
                  .databaseName(database)
                  .tableInput(GlueTables.over(now.get(), table))
                  .versionId(version)
                  .skipArchive(true));
      return UpdateAnswer.UPDATED;
    } catch (ConcurrentModificationException
        | VersionMismatchException
        | EntityNotFoundException e) {
      return UpdateAnswer.OUTRUN;
    } catch (SdkException e) {
      throw failures.translated("update " + called(database, table.name()), "UpdateTable", e);
    }
  }

  private Optional<Table> table(String database, String name) {
    try {
      return Optional.of(glue.getTable(get -> get.databaseName(database).name(name)).table());
    } catch (EntityNotFoundException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failures.translated("read " + called(database, name), "GetTable", e);
    }
  }

  private static String called(String database, String table) {
    return "table '" + table + "' of database '" + database + "' in the catalog";
  }
}
