package dev.afterbay.sinks.tocatalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of ours as the catalog holds it, brought up to date: nothing that it has is dropped or
 * changes its type, unless the table was made anew elsewhere in the lake.
 *
 * @param table what the catalog is to hold
 * @param conflicts what stays although it does not suit the files, a sentence for each
 * @param unknown the columns that are not among the wanted ones
 */
record Merge(TableDefinition table, List<String> conflicts, Set<String> unknown) {
  Merge {
    conflicts = List.copyOf(conflicts);
    unknown = Set.copyOf(unknown);
  }

  static Merge of(CatalogEntry held, TableDefinition wanted) {
    Move move = Move.of(held.location(), wanted.location());
    if (move == Move.BACK) {
      return new Merge(as(held, wanted), List.of(), Set.of());
    }
    List<String> conflicts = new ArrayList<>();
    Set<String> unknown = new LinkedHashSet<>();
    TableDefinition merged =
        new TableDefinition(
            wanted.name(),
            wanted.comment(),
            wanted.location(),
            wanted.format(),
            move == Move.FORWARD ? wanted.columns() : columns(held, wanted, conflicts, unknown),
            partitions(held, wanted, conflicts),
            parameters(held, wanted));
    return new Merge(merged, conflicts, unknown);
  }

  private static TableDefinition as(CatalogEntry held, TableDefinition wanted) {
    return new TableDefinition(
        held.name(),
        held.comment(),
        held.location(),
        wanted.format(),
        held.columns(),
        held.partitions(),
        held.parameters());
  }

  /** Whether the catalog holds it so already. */
  boolean isHeldBy(CatalogEntry held) {
    return held.comment().equals(table.comment())
        && held.location().equals(table.location())
        && held.columns().equals(table.columns())
        && held.parameters().equals(table.parameters());
  }

  private static List<TableColumn> columns(
      CatalogEntry held, TableDefinition wanted, List<String> conflicts, Set<String> unknown) {
    Map<String, TableColumn> missing = new LinkedHashMap<>();
    wanted.columns().forEach(column -> missing.put(column.name(), column));
    List<TableColumn> columns = new ArrayList<>();
    for (TableColumn column : held.columns()) {
      @Nullable TableColumn ours = missing.remove(column.name());
      if (ours == null) {
        unknown.add(column.name());
        columns.add(column);
      } else if (isSameType(column, ours)) {
        columns.add(column.commented(ours.comment()));
      } else {
        conflicts.add(conflict("Column", wanted, ours, column.type()));
        columns.add(column);
      }
    }
    columns.addAll(missing.values());
    return columns;
  }

  /** As they are: other ones would need other folders. */
  private static List<TableColumn> partitions(
      CatalogEntry held, TableDefinition wanted, List<String> conflicts) {
    Map<String, TableColumn> known = new HashMap<>();
    held.partitions().forEach(column -> known.put(column.name(), column));
    for (TableColumn column : wanted.partitions()) {
      @Nullable TableColumn found = known.get(column.name());
      if (found == null || !isSameType(found, column)) {
        conflicts.add(
            conflict("Partition column", wanted, column, found == null ? "absent" : found.type()));
      }
    }
    return held.partitions();
  }

  private static Map<String, String> parameters(CatalogEntry held, TableDefinition wanted) {
    Map<String, String> parameters = new HashMap<>(held.parameters());
    parameters.putAll(wanted.parameters());
    parameters.computeIfPresent(
        ProjectedDays.RANGE, (name, value) -> ProjectedDays.wider(held.parameter(name), value));
    parameters.computeIfPresent(
        Claims.VIEW_NAMES, (name, value) -> Claims.union(held.parameter(name), value));
    return parameters;
  }

  private static boolean isSameType(TableColumn one, TableColumn other) {
    return spelling(one).equals(spelling(other));
  }

  private static String spelling(TableColumn column) {
    return column.type().replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }

  private static String conflict(
      String what, TableDefinition table, TableColumn ours, String inTheCatalog) {
    return what
        + " '"
        + ours.name()
        + "' of table '"
        + table.name()
        + "' is "
        + ours.type()
        + " in the lake, but "
        + inTheCatalog
        + " in the catalog, where it stays as it is; drop the table from the catalog (the files"
        + " stay), and the next start makes it anew";
  }
}
