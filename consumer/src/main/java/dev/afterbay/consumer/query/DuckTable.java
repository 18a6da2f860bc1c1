package dev.afterbay.consumer.query;

import dev.afterbay.sinks.catalog.CatalogColumn;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of the lake's model as DuckDB reads it from mirrored files. */
final class DuckTable {
  private static final Set<String> OURS =
      Stream.of(ChangeColumn.values())
          .map(ChangeColumn::columnName)
          .collect(Collectors.toCollection(HashSet::new));

  private DuckTable() {}

  /** The table's view over a folder, which may hold no file yet. */
  static String over(ReadOnlyDuck duck, CatalogTable table, Path folder) {
    if (!Mirror.holdsFiles(folder)) {
      return empty(table);
    }
    String files = files(table, folder);
    Set<String> present = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    present.addAll(duck.columnsOf("SELECT * " + files).keySet());
    return "SELECT " + columns(table, present::contains) + " " + files;
  }

  /** Without any row. */
  static String empty(CatalogTable table) {
    return "SELECT " + columns(table, name -> false) + " WHERE false";
  }

  /** The key attributes of the raw changes in a folder: the columns that are not ours. */
  static List<KeyAttribute> keys(ReadOnlyDuck duck, Path changes) {
    List<KeyAttribute> keys = new ArrayList<>();
    duck.columnsOf(
            "SELECT * FROM read_parquet("
                + ReadOnlyDuck.literal(changes + "/*/*/*.parquet")
                + ", hive_partitioning = false, union_by_name = true)")
        .forEach(
            (name, type) -> {
              if (!OURS.contains(name)) {
                keys.add(new KeyAttribute(name, "BLOB".equals(type) ? KeyType.B : KeyType.S));
              }
            });
    return keys;
  }

  private static String files(CatalogTable table, Path folder) {
    return switch (table.format()) {
      case PARQUET ->
          "FROM read_parquet("
              + ReadOnlyDuck.literal(folder + "/**/*.parquet")
              + ", union_by_name = true, hive_partitioning = "
              + partitioning(table.partitions())
              + ")";
      case JSON_LINES ->
          "FROM read_json("
              + ReadOnlyDuck.literal(folder + "/**/*.json")
              + ", format = 'newline_delimited', columns = {"
              + columns(
                  table.columns(),
                  column -> name(column) + ": " + ReadOnlyDuck.literal(type(column)))
              + "})";
    };
  }

  private static String partitioning(List<CatalogColumn> partitions) {
    return partitions.isEmpty()
        ? "false"
        : "true, hive_types = {"
            + columns(partitions, column -> "'" + column.name() + "': " + type(column))
            + "}";
  }

  private static String columns(CatalogTable table, Predicate<String> present) {
    return columns(
        table.allColumns(),
        column ->
            "CAST("
                + (present.test(column.name()) ? name(column) : "NULL")
                + " AS "
                + type(column)
                + ") AS "
                + name(column));
  }

  private static String columns(
      List<CatalogColumn> columns, Function<CatalogColumn, String> spelling) {
    return columns.stream().map(spelling).collect(Collectors.joining(", "));
  }

  private static String name(CatalogColumn column) {
    return ReadOnlyDuck.identifier(column.name());
  }

  private static String type(CatalogColumn column) {
    return DuckType.of(column.type());
  }
}
