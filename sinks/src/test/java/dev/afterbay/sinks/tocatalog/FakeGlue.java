package dev.afterbay.sinks.tocatalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;

/** Glue's client with tables in memory, in pages of fifty. */
final class FakeGlue implements GlueClient {
  private static final int PAGE = 50;

  private final Map<String, TreeMap<String, Table>> databases = new TreeMap<>();
  private final List<UpdateTableRequest> updates = new ArrayList<>();
  private Optional<RuntimeException> refusal = Optional.empty();
  private int versions;

  /** Every request from now on fails so. */
  void refuse(RuntimeException with) {
    refusal = Optional.of(with);
  }

  /** Changes a table as others could. */
  synchronized void change(String database, String name, UnaryOperator<Table> change) {
    held(database).computeIfPresent(name, (key, table) -> change.apply(table));
  }

  synchronized Table table(String database, String name) {
    return Optional.ofNullable(held(database).get(name)).orElseThrow();
  }

  synchronized List<UpdateTableRequest> updates() {
    return List.copyOf(updates);
  }

  @Override
  public synchronized CreateDatabaseResponse createDatabase(CreateDatabaseRequest request) {
    refuseIfSo();
    if (databases.putIfAbsent(request.databaseInput().name(), new TreeMap<>()) != null) {
      throw AlreadyExistsException.builder().build();
    }
    return CreateDatabaseResponse.builder().build();
  }

  @Override
  public synchronized GetTablesResponse getTables(GetTablesRequest request) {
    refuseIfSo();
    TreeMap<String, Table> held = held(request.databaseName());
    List<Table> rest =
        List.copyOf(
            (request.nextToken() == null ? held : held.tailMap(request.nextToken(), false))
                .values());
    List<Table> page = rest.subList(0, Math.min(PAGE, rest.size()));
    return GetTablesResponse.builder()
        .tableList(page)
        .nextToken(page.size() < rest.size() ? page.get(PAGE - 1).name() : null)
        .build();
  }

  @Override
  public synchronized GetTableResponse getTable(GetTableRequest request) {
    refuseIfSo();
    Table found = held(request.databaseName()).get(request.name());
    if (found == null) {
      throw EntityNotFoundException.builder().build();
    }
    return GetTableResponse.builder().table(found).build();
  }

  @Override
  public synchronized CreateTableResponse createTable(CreateTableRequest request) {
    refuseIfSo();
    TableInput input = request.tableInput();
    if (held(request.databaseName()).putIfAbsent(input.name(), table(input)) != null) {
      throw AlreadyExistsException.builder().build();
    }
    return CreateTableResponse.builder().build();
  }

  @Override
  public synchronized UpdateTableResponse updateTable(UpdateTableRequest request) {
    refuseIfSo();
    TableInput input = request.tableInput();
    Table now = held(request.databaseName()).get(input.name());
    if (now == null) {
      throw EntityNotFoundException.builder().build();
    }
    if (!now.versionId().equals(request.versionId())) {
      throw ConcurrentModificationException.builder().build();
    }
    updates.add(request);
    held(request.databaseName()).put(input.name(), table(input));
    return UpdateTableResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "glue";
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private Table table(TableInput input) {
    return Table.builder()
        .name(input.name())
        .description(input.description())
        .owner(input.owner())
        .retention(input.retention())
        .tableType(input.tableType())
        .parameters(input.parameters())
        .partitionKeys(input.partitionKeys())
        .storageDescriptor(input.storageDescriptor())
        .versionId(Integer.toString(versions++))
        .build();
  }

  private TreeMap<String, Table> held(String database) {
    TreeMap<String, Table> held = databases.get(database);
    if (held == null) {
      throw EntityNotFoundException.builder().build();
    }
    return held;
  }

  private void refuseIfSo() {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }
}
