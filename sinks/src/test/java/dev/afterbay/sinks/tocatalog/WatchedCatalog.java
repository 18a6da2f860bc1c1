package dev.afterbay.sinks.tocatalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A catalog that writes down its calls, and lets others act before one. */
final class WatchedCatalog implements Catalog {
  private final Catalog catalog;
  private final List<String> calls = new ArrayList<>();
  private Consumer<String> before = call -> {};

  WatchedCatalog(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Acts before each call, which it is told as {@link #calls} tells it. */
  void before(Consumer<String> action) {
    before = action;
  }

  /** The calls since this was asked last. */
  List<String> calls() {
    List<String> made = List.copyOf(calls);
    calls.clear();
    return made;
  }

  @Override
  public Optional<List<CatalogEntry>> entries(String database) {
    call("entries");
    return catalog.entries(database);
  }

  @Override
  public Optional<CatalogEntry> find(String database, String name) {
    call("find " + name);
    return catalog.find(database, name);
  }

  @Override
  public void createDatabase(String database) {
    call("createDatabase");
    catalog.createDatabase(database);
  }

  @Override
  public CreateAnswer create(String database, TableDefinition table) {
    call("create " + table.name());
    return catalog.create(database, table);
  }

  @Override
  public UpdateAnswer update(String database, TableDefinition table, String version) {
    call("update " + table.name());
    return catalog.update(database, table, version);
  }

  private void call(String call) {
    calls.add(call);
    before.accept(call);
  }
}
