package dev.afterbay.sinks.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The model as statements for Athena: tables in Hive's DDL, views and queries in Trino's SQL. */
public final class AthenaDdl {
  private static final String SEPARATOR = ",\n";

  private AthenaDdl() {}

  /** Makes the database. */
  public static String database(String database) {
    return "CREATE DATABASE IF NOT EXISTS " + SqlName.inDdl(database);
  }

  /** Makes a table. */
  public static String table(CatalogTable table, Site site) {
    StringBuilder ddl = new StringBuilder(2_000);
    ddl.append("CREATE EXTERNAL TABLE IF NOT EXISTS ")
        .append(SqlName.inDdl(table.name()))
        .append(" (\n")
        .append(columns(table.columns()))
        .append("\n)\nCOMMENT ")
        .append(literal(table.comment()));
    if (!table.partitions().isEmpty()) {
      ddl.append("\nPARTITIONED BY (\n").append(columns(table.partitions())).append("\n)");
    }
    switch (table.format()) {
      case PARQUET -> ddl.append("\nSTORED AS PARQUET");
      case JSON_LINES ->
          ddl.append("\nROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'")
              .append("\nSTORED AS TEXTFILE");
    }
    ddl.append("\nLOCATION ").append(literal(site.location(table)));
    List<String> properties = new ArrayList<>();
    for (Map.Entry<String, String> property : site.properties(table).entrySet()) {
      // The statement itself says that the table is external.
      if (!"EXTERNAL".equals(property.getKey())) {
        properties.add("  " + literal(property.getKey()) + " = " + literal(property.getValue()));
      }
    }
    return ddl.append("\nTBLPROPERTIES (\n")
        .append(String.join(SEPARATOR, properties))
        .append("\n)")
        .toString();
  }

  /** Makes a view, or makes it anew. */
  public static String view(CatalogView view) {
    return "CREATE OR REPLACE VIEW " + SqlName.inQuery(view.name()) + " AS\n" + view.select();
  }

  /** Prepares a query for {@code EXECUTE name USING 'parameter'}. */
  public static String prepare(PreparedQuery query) {
    return "PREPARE " + SqlName.inQuery(query.name()) + " FROM\n" + query.sql();
  }

  private static String columns(List<CatalogColumn> columns) {
    return columns.stream()
        .map(
            column ->
                "  "
                    + SqlName.inDdl(column.catalogName())
                    + " "
                    + HiveType.inDdl(column.type())
                    + " COMMENT "
                    + literal(column.comment()))
        .collect(Collectors.joining(SEPARATOR));
  }

  /** A text as Hive spells it. */
  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
