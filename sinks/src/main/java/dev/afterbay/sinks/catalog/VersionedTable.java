package dev.afterbay.sinks.catalog;

import dev.afterbay.transforms.ordering.ChangeOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table whose rows are versions of items, and the queries for the state of the items.
 *
 * @param table the versions
 * @param key the columns that tell the items apart
 * @param base an export from which the state can start; empty if it starts with the first change
 */
record VersionedTable(CatalogTable table, List<String> key, Optional<BaseSnapshot> base) {
  private static final String AGE = "cdc_age";

  VersionedTable {
    key = List.copyOf(key);
  }

  /** The views and the query of this table. */
  List<CatalogView> views() {
    return List.of(
        new CatalogView(
            name("history"), "Each version, and until when it was the item's state", history()),
        new CatalogView(name("current"), "The items as they are now", newest("<> 'REMOVE'")),
        new CatalogView(
            name("removed"),
            "The items that are gone, as they last were; cdc_ttl tells who removed them",
            newest("= 'REMOVE'")));
  }

  PreparedQuery asOf() {
    return new PreparedQuery(
        name("as_of"),
        "The items as they were at the end of a second, UTC",
        "moment",
        state("<> 'REMOVE'", Optional.of("?")));
  }

  private String name(String what) {
    return table.name() + "_" + what;
  }

  private String history() {
    String own = "OVER (PARTITION BY " + names(key) + " ORDER BY " + ChangeOrder.sqlOrderBy() + ")";
    return """
        SELECT
          %s,
          cdc_time AS cdc_valid_from,
          lead(cdc_time) %s AS cdc_valid_to,
          row_number() %s AS cdc_version
        FROM %s"""
        .formatted(
            names(table.allColumns().stream().map(CatalogColumn::name).toList()),
            own,
            own,
            SqlName.inQuery(table.name()));
  }

  private String newest(String operation) {
    return state(operation, Optional.empty());
  }

  /** The newest version of each item, as far as its operation is one of those asked for. */
  private String state(String operation, Optional<String> at) {
    String columns = names(table.columns().stream().map(CatalogColumn::name).toList());
    return """
        %sSELECT
          %s
        FROM (
          SELECT
            %s,
            row_number() OVER (PARTITION BY %s ORDER BY %s) AS %s
          FROM %s
        ) newest
        WHERE %s = 1 AND cdc_op %s"""
        .formatted(
            // Two tables ask for it then, but whoever executes the query gives it once.
            at.filter(value -> base.isPresent())
                .map(value -> "WITH asked AS (" + asked(value) + ")\n")
                .orElse(""),
            columns,
            columns,
            names(key),
            ChangeOrder.sqlOrderByNewestFirst(),
            AGE,
            versions(columns, at),
            AGE,
            operation);
  }

  private String versions(String columns, Optional<String> at) {
    List<String> conditions = new ArrayList<>();
    at.ifPresent(
        asked -> {
          conditions.add("dt <= substr(CAST(asked_at AS varchar), 1, 10)");
          conditions.add("cdc_time <= asked_at");
        });
    String asked =
        at.map(value -> base.isPresent() ? ", asked" : ", (" + asked(value) + ") asked").orElse("");
    String changes = SqlName.inQuery(table.name()) + asked;
    if (base.isEmpty()) {
      return changes + where(conditions);
    }
    BaseSnapshot snapshot = base.get();
    List<String> ofSnapshot = new ArrayList<>(List.of(snapshot.partition()));
    String since = "dt >= " + snapshot.firstDay() + " AND cdc_time >= " + snapshot.firstTime();
    if (at.isEmpty()) {
      conditions.add(since);
    } else {
      // What was asked for may lie before the export: then the changes alone tell.
      conditions.add("(asked_at < " + snapshot.exportedTime() + " OR (" + since + "))");
      ofSnapshot.add("asked_at >= " + snapshot.exportedTime());
    }
    return """
        (
            SELECT %s FROM %s%s
            UNION ALL
            SELECT %s FROM %s%s
          ) versions"""
        .formatted(
            columns,
            changes,
            where(conditions),
            columns,
            SqlName.inQuery(snapshot.table()) + asked,
            where(ofSnapshot));
  }

  private static String asked(String value) {
    return "SELECT CAST(" + value + " AS timestamp) AS asked_at";
  }

  private static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private static String names(List<String> names) {
    return names.stream().map(SqlName::inQuery).collect(Collectors.joining(", "));
  }
}
