package dev.afterbay.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a lake holds, as DuckDB reads it. */
final class LakeQuestions {
  private LakeQuestions() {}

  /** How many different records the raw changes hold; each must be there once. */
  static long records(Path changes) throws SQLException {
    String sql =
        "SELECT count(*), count(DISTINCT cdc_shard || cdc_seq) FROM read_parquet('%s/**/*.parquet')"
            .formatted(changes);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      if (row.getLong(1) != row.getLong(2)) {
        throw new IllegalStateException(
            row.getLong(1) + " rows of " + row.getLong(2) + " records in " + changes);
      }
      return row.getLong(1);
    }
  }

  /**
   * From the moment when each change was made to that when its file stood in the bucket, sorted, in
   * milliseconds.
   *
   * @param since changes made before are left out
   */
  static List<Long> latencies(Path changes, String since) throws SQLException, IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(changes)) {
      files = all.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
    List<Long> latencies = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      for (Path file : files) {
        long visible = Files.getLastModifiedTime(file).toMillis();
        String sql =
            """
            SELECT %d - epoch_ms(json_extract_string(new_image, '$.CreatedAt.S')::TIMESTAMPTZ)
            FROM read_parquet('%s')
            WHERE json_extract_string(new_image, '$.CreatedAt.S') >= '%s'
            """
                .formatted(visible, file, since);
        try (ResultSet row = statement.executeQuery(sql)) {
          while (row.next()) {
            latencies.add(row.getLong(1));
          }
        }
      }
    }
    latencies.sort(null);
    return latencies;
  }
}
