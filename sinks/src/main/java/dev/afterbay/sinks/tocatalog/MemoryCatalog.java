package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.tocatalog.CatalogEntry.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A catalog in memory, as strict as Glue in what the registration relies on. It also offers what
 * the port does not: to change what it holds behind everybody's back.
 */
public final class MemoryCatalog implements Catalog {
  private final Map<String, Map<String, CatalogEntry>> databases = new TreeMap<>();
  private long versions;

  @Override
  public synchronized Optional<List<CatalogEntry>> entries(String database) {
    return Optional.ofNullable(databases.get(database)).map(held -> List.copyOf(held.values()));
  }

  @Override
  public synchronized Optional<CatalogEntry> find(String database, String name) {
    return Optional.ofNullable(databases.getOrDefault(database, Map.of()).get(name));
  }

  @Override
  public synchronized void createDatabase(String database) {
    databases.computeIfAbsent(database, name -> new TreeMap<>());
  }

  @Override
  public synchronized CreateAnswer create(String database, TableDefinition table) {
    Map<String, CatalogEntry> held = databases.get(database);
    if (held == null) {
      throw new CatalogException(
          CatalogException.Kind.UNAVAILABLE, "There is no database '" + database + "'");
    }
    return held.putIfAbsent(table.name(), entry(table)) == null
        ? CreateAnswer.CREATED
        : CreateAnswer.OCCUPIED;
  }

  @Override
  public synchronized UpdateAnswer update(String database, TableDefinition table, String version) {
    Optional<CatalogEntry> found = find(database, table.name());
    if (!found.map(CatalogEntry::version).equals(Optional.of(version))) {
      return UpdateAnswer.OUTRUN;
    }
    held(database).put(table.name(), entry(table));
    return UpdateAnswer.UPDATED;
  }

  /** Puts an entry where one may stand, as somebody else could; its version becomes a new one. */
  public synchronized void put(String database, CatalogEntry entry) {
    held(database)
        .put(
            entry.name(),
            new CatalogEntry(
                entry.name(),
                entry.kind(),
                nextVersion(),
                entry.comment(),
                entry.location(),
                entry.columns(),
                entry.partitions(),
                entry.parameters()));
  }

  /** Drops an entry, as somebody else could. */
  public synchronized void drop(String database, String name) {
    databases.getOrDefault(database, Map.of()).remove(name);
  }

  private Map<String, CatalogEntry> held(String database) {
    return databases.computeIfAbsent(database, name -> new TreeMap<>());
  }

  private CatalogEntry entry(TableDefinition table) {
    return new CatalogEntry(
        table.name(),
        Kind.TABLE,
        nextVersion(),
        table.comment(),
        table.location(),
        table.columns(),
        table.partitions(),
        table.parameters());
  }

  private String nextVersion() {
    return Long.toString(versions++);
  }
}
