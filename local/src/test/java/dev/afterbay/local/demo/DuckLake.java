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
  private final Connection connection;

  DuckLake() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    for (String table : List.of("e_commerce_data_changes", "task_app_changes")) {
      run(
          "CREATE TABLE "
              + table
              + " (cdc_op VARCHAR, cdc_seq VARCHAR, cdc_shard VARCHAR, cdc_stream VARCHAR,"
              + " cdc_ttl BOOLEAN, PK VARCHAR, SK VARCHAR, new_image VARCHAR, old_image VARCHAR)");
    }
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
