package dev.afterbay.local.glue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Databases and tables in memory. Their names are folded to lower case, in definitions and in
 * questions alike.
 */
final class Catalog {
  static final String ACCOUNT = "000000000000";
  static final String USER = "arn:aws:iam::" + ACCOUNT + ":user/local";

  private final InstantSource clock;
  private final SortedMap<String, Database> databases = new TreeMap<>();

  Catalog(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void createDatabase(String name, ObjectNode input) {
    ObjectNode json = input.deepCopy().put("Name", folded(name)).put("CatalogId", ACCOUNT);
    json.put("CreateTime", StoredTable.seconds(clock.instant()));
    if (databases.putIfAbsent(folded(name), new Database(json, new TreeMap<>())) != null) {
      throw GlueErrors.alreadyExists("Database already exists.");
    }
  }

  synchronized ObjectNode database(String name) {
    return find(name).json();
  }

  /** All databases by their names. */
  synchronized SortedMap<String, ObjectNode> databases() {
    SortedMap<String, ObjectNode> all = new TreeMap<>();
    databases.forEach((name, database) -> all.put(name, database.json()));
    return all;
  }

  synchronized void createTable(String database, String name, ObjectNode input) {
    SortedMap<String, List<StoredTable>> tables = find(database).tables();
    if (tables.containsKey(folded(name))) {
      throw GlueErrors.alreadyExists("Table already exists.");
    }
    StoredTable first =
        new StoredTable(folded(database), folded(name), 0, input, clock.instant(), clock.instant());
    tables.put(folded(name), new ArrayList<>(List.of(first)));
  }

  synchronized StoredTable table(String database, String name) {
    return latest(find(database, name));
  }

  /** All tables of a database by their names. */
  synchronized SortedMap<String, ObjectNode> tables(String database) {
    SortedMap<String, ObjectNode> all = new TreeMap<>();
    find(database).tables().forEach((name, versions) -> all.put(name, latest(versions).json()));
    return all;
  }

  /** The versions that were kept, the oldest first. */
  synchronized List<StoredTable> versions(String database, String name) {
    return List.copyOf(find(database, name));
  }

  /** Defines a table anew; its last version is kept. */
  synchronized void updateTable(
      String database, String name, ObjectNode input, Optional<String> expected) {
    List<StoredTable> versions = find(database, name);
    versions.add(next(latest(versions), input, expected));
  }

  /** Defines a table anew in place of its last version. */
  synchronized void replaceTable(
      String database, String name, ObjectNode input, Optional<String> expected) {
    List<StoredTable> versions = find(database, name);
    versions.set(versions.size() - 1, next(latest(versions), input, expected));
  }

  private StoredTable next(StoredTable last, ObjectNode input, Optional<String> expected) {
    if (expected.isPresent() && !expected.get().equals(last.versionId())) {
      throw GlueErrors.concurrentModification();
    }
    return last.next(input, clock.instant());
  }

  synchronized void deleteTable(String database, String name) {
    if (find(database).tables().remove(folded(name)) == null) {
      throw noTable(name);
    }
  }

  private Database find(String name) {
    Database found = databases.get(folded(name));
    if (found == null) {
      throw GlueErrors.notFound("Database " + folded(name) + " not found.");
    }
    return found;
  }

  private List<StoredTable> find(String database, String name) {
    List<StoredTable> versions = find(database).tables().get(folded(name));
    if (versions == null) {
      throw noTable(name);
    }
    return versions;
  }

  private static RuntimeException noTable(String name) {
    return GlueErrors.notFound("Table " + folded(name) + " not found.");
  }

  private static StoredTable latest(List<StoredTable> versions) {
    return versions.get(versions.size() - 1);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A database, and of each of its tables the versions that were kept, the latest last. */
  private record Database(ObjectNode json, SortedMap<String, List<StoredTable>> tables) {}
}
