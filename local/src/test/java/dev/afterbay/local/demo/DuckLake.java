package dev.afterbay.local.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** A lake of tables in memory, with the columns of the real one that the questions use. */
final class DuckLake implements Lake {
  private static final String SHOP = "e_commerce_data_changes";
  private static final String TASKS = "task_app_changes";

  private final Connection connection;

  DuckLake() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    for (String table : List.of(SHOP, TASKS)) {
      run(
          "CREATE TABLE "
              + table
              + " (cdc_op VARCHAR, cdc_seq VARCHAR, cdc_shard VARCHAR, cdc_stream VARCHAR,"
              + " cdc_ttl BOOLEAN, PK VARCHAR, SK VARCHAR, new_image VARCHAR, old_image VARCHAR)");
    }
    typed("user_profiles", SHOP, "SK = 'PROFILE'", id("PK", "user"), text("Name"));
    typed(
        "orders",
        SHOP,
        "SK LIKE 'ORDER#%'",
        id("PK", "user"),
        id("SK", "order"),
        text("Status"),
        "CAST(image ->> '$.Total.N' AS DECIMAL(12, 2)) AS Total",
        text("CreatedAt"),
        text("PaidAt"),
        text("ShippedAt"),
        "CAST(image -> '$.Lines.L' AS JSON[]) AS Lines");
    typed(
        "products",
        SHOP,
        "SK = 'DETAILS'",
        id("PK", "product"),
        text("Title"),
        number("Price"),
        number("Stock"),
        "CAST(image -> '$.Tags.SS' AS VARCHAR[]) AS Tags");
    typed(
        "tasks",
        TASKS,
        "SK LIKE 'TASK#%'",
        id("PK", "user"),
        id("SK", "task"),
        text("Title"),
        text("Status"),
        text("Due"),
        number("Version"));
    typed(
        "sessions",
        TASKS,
        "SK LIKE 'SESSION#%'",
        id("PK", "user"),
        id("SK", "session"),
        text("Device"),
        number("ExpiresAt"));
  }

  /** A view that shows of the changes what a typed table would. */
  private void typed(String entity, String changes, String condition, String... columns) {
    run(
        "CREATE VIEW "
            + entity
            + " AS SELECT cdc_op, cdc_seq, cdc_stream, CAST(NULL AS TIMESTAMP) AS cdc_time, cdc_ttl,"
            + " PK || SK AS cdc_key, "
            + String.join(", ", columns)
            + " FROM (SELECT *, CAST(CASE cdc_op WHEN 'REMOVE' THEN old_image ELSE new_image END"
            + " AS JSON) AS image FROM "
            + changes
            + ") WHERE "
            + condition);
    newest(entity, "current", "<> 'REMOVE'");
    newest(entity, "removed", "= 'REMOVE'");
  }

  private void newest(String entity, String name, String operation) {
    run(
        "CREATE VIEW %1$s_%2$s AS SELECT * FROM %1$s WHERE cdc_op %3$s QUALIFY row_number() OVER"
                .formatted(entity, name, operation)
            + " (PARTITION BY cdc_key ORDER BY cdc_stream DESC, cdc_seq DESC) = 1");
  }

  private static String id(String key, String name) {
    return "split_part(" + key + ", '#', 2) AS " + name + "_id";
  }

  private static String text(String attribute) {
    return "image ->> '$." + attribute + ".S' AS " + attribute;
  }

  private static String number(String attribute) {
    return "image ->> '$." + attribute + ".N' AS " + attribute;
  }

  void add(String changes, String stream, String shard, Record record) {
    boolean ttl = record.userIdentity() != null;
    Map<String, AttributeValue> keys = record.dynamodb().keys();
    String values =
        List.of(
                record.eventNameAsString(),
                "0".repeat(40 - record.dynamodb().sequenceNumber().length())
                    + record.dynamodb().sequenceNumber(),
                shard,
                stream,
                Boolean.toString(ttl),
                AttributeJson.text(keys, "PK"),
                AttributeJson.text(keys, "SK"),
                AttributeJson.of(record.dynamodb().newImage()),
                AttributeJson.of(record.dynamodb().oldImage()))
            .stream()
            .map(value -> "'" + value.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    run("INSERT INTO " + changes + " VALUES (" + values + ")");
  }

  @Override
  public Answer ask(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        columns.add(result.getMetaData().getColumnLabel(i));
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return new Answer(columns, rows);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
